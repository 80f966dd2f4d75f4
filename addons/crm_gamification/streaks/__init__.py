"""How long somebody has kept something up without a break: plain computing, without a database."""

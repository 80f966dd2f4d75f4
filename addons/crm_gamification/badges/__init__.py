"""Which badges somebody has earned by rule: plain computing, without a database."""

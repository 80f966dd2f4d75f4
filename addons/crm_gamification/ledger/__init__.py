"""What of a lead counts in the game, for whom, and why not: plain computing, without a database."""

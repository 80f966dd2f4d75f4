"""What a goal's period is, whether it is reached, and who is ahead: plain computing, without a database."""

"""What a leaderboard shows, and to whom: plain computing, without a database."""

"""When the mail of the week is due: plain computing, without a database."""

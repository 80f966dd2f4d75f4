"""The demo story: a sales team's two years, invented by code, the same for the same day and seed.

Pure Python but for `tell.py` and `chapters/`, which put the story into a database.
"""

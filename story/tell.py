"""Odoo shell script: tells the story to the database of this shell and prints what it then holds.

`STORY_HOME` is the folder that holds the package `story`, `STORY_TODAY` the day of the telling.
"""

import json
import os
import sys
from datetime import date

sys.path.insert(0, os.environ["STORY_HOME"])

from story import chapters

today = date.fromisoformat(os.environ["STORY_TODAY"])
figures = chapters.tell_all(env, today, os.environ.get("STORY_VERSION", ""))  # noqa: F821  (the shell's own)
print("STORY " + json.dumps(figures))

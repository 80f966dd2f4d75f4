"""Which files there are, and what has to stand in them."""

from pathlib import Path

from .boards import BOARDS
from .book import written

FOLDER = Path(__file__).resolve().parent.parent / "data" / "dashboards"


def files():
    """Path -> text, of each board's two files: Odoo translates what ends on `_dashboard.json`."""
    found = {}
    for board in BOARDS:
        found[FOLDER / f"{board.name}_dashboard.json"] = written(board)
        found[FOLDER / f"{board.name}_sample_dashboard.json"] = written(board, sample=True)
    return found


def write():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, content in files().items():
        path.write_text(content, encoding="utf-8")

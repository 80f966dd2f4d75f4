"""Which files there are, and what has to stand in them."""

from pathlib import Path

from .boards import BOARDS
from .book import written

ADDONS = Path(__file__).resolve().parent.parent.parent


def folder(board):
    return ADDONS / board.addon / "data" / "dashboards"


def files():
    """Path -> text, of each board's two files: Odoo translates what ends on `_dashboard.json`."""
    found = {}
    for board in BOARDS:
        found[folder(board) / f"{board.name}_dashboard.json"] = written(board)
        found[folder(board) / f"{board.name}_sample_dashboard.json"] = written(board, sample=True)
    return found


def write():
    for path, content in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

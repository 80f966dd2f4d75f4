"""Which history a folder holds, told by its files."""

from pathlib import Path

from tools.base import Trouble
from tools.histories import maven_crm, olist_funnel, x_education

KNOWN = (maven_crm, olist_funnel, x_education)


def read_folder(folder):
    """The `History` in this folder; a sentence when there is none."""
    folder = Path(folder)
    if not folder.is_dir():
        raise Trouble(f"there is no folder {folder}.")
    for reader in KNOWN:
        if all((folder / file).is_file() for file in reader.FILES):
            return reader.read_history(folder)
    needed = "; ".join(f"{reader.NAME}: {', '.join(reader.FILES)}" for reader in KNOWN)
    raise Trouble(f"{folder} holds none of the known histories (each is told by its files: {needed}).")

import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path[0] = str(TOP)

from tools.cli import main  # noqa: E402  (the path has to be set first)

sys.exit(main(sys.argv[1:]))

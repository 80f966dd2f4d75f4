"""The virtual environment with Odoo's packages and ours, shared by checkouts of equal needs."""

import os
import subprocess
import sys
import venv

from tools.base import TOP, Trouble, cache_dir, digest, locked, quiet, say

REQUIREMENTS = (TOP / "requirements.txt", TOP / "requirements-dev.txt")


def folder():
    version = "{}.{}".format(*sys.version_info)
    return cache_dir() / f"python-{version}-{digest(sys.base_prefix, *REQUIREMENTS)}"


def python():
    return folder() / "bin" / "python"


def ensure():
    """Make the environment if it isn't whole; it cannot be moved, so a mark says that it is."""
    home = folder()
    mark = home / ".whole"
    if mark.exists():
        return python()
    with locked(home.with_suffix(".lock")):
        if mark.exists():
            return python()
        say(f"installing the Python packages into {home} (once, a minute or two)")
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=True).create(home)
        files = [word for file in REQUIREMENTS for word in ("-r", file)]
        quiet(
            [python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *files],
            "The Python packages could not be installed (is a package index reachable?)",
        )
        mark.touch()
    return python()


def enter(arguments):
    """Go on in the environment's own Python, unless this is it."""
    target = ensure()
    if os.path.realpath(sys.prefix) == os.path.realpath(folder()):
        return
    try:
        os.execv(target, [str(target), str(TOP / "tools"), *arguments])
    except OSError as error:
        raise Trouble(f"{target} can't be started: {error.strerror}. `./run clean --cache` makes it anew.") from error


def module(name, *arguments, **kwargs):
    """Run a module of the environment, output passed through."""
    command = [str(python()), "-m", name, *map(str, arguments)]
    return subprocess.run(command, check=False, **kwargs).returncode

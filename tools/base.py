"""Where things lie, and how they are said."""

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
RUN = TOP / ".run"
ADDONS = TOP / "addons"
NAME = "odoo-crm-suite"


class Trouble(Exception):
    """Something that the person at the keyboard can understand and act on: one sentence."""


def say(text):
    print(f"run: {text}", file=sys.stderr, flush=True)


def open_to_others(folder):
    """Can another system user walk down to this folder (which need not exist yet)?"""
    folder = Path(folder)
    while not folder.exists():
        folder = folder.parent
    return all(part.stat().st_mode & 0o001 for part in [folder, *folder.parents])


def cache_dir():
    """The cache that all checkouts of this user share.

    Root's home is usually closed to others, and the database server that root starts runs
    as another user: then the cache lies under /var/cache.
    """
    named = os.environ.get("CRM_SUITE_CACHE")
    if named:
        return _made(Path(named))
    usual = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / NAME
    if os.geteuid() == 0 and not open_to_others(usual):
        return _made(Path("/var/cache") / NAME)
    return _made(usual)


def run_dir():
    return _made(RUN)


def _made(folder):
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextlib.contextmanager
def locked(path):
    """Only one process at a time is inside; a killed one leaves nothing locked."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"waiting for another run that holds {path.name}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def made_aside(final):
    """A folder to fill beside `final`, moved there when the block ends well, else removed."""
    final.parent.mkdir(parents=True, exist_ok=True)
    for stale in final.parent.glob(f".{final.name}.new-*"):
        shutil.rmtree(stale, ignore_errors=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{final.name}.new-", dir=final.parent))
    aside.chmod(0o755)
    try:
        yield aside
        if final.exists():
            shutil.rmtree(final)
        aside.rename(final)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def quiet(command, what, **kwargs):
    """Run a command without its noise; when it fails, say `what` and its last lines."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            **kwargs,
        )
    except FileNotFoundError as error:
        raise Trouble(f"{what}: {command[0]} is not installed.") from error
    if done.returncode:
        tail = [line for line in done.stdout.splitlines() if line.strip()][-6:]
        raise Trouble("\n  ".join([f"{what} (exit status {done.returncode}). Its last lines:", *tail]))
    return done.stdout


def child(command, **kwargs):
    """Run a command to its end; its exit status. When we are ended, so is it, with all that it started."""
    process = subprocess.Popen([str(part) for part in command], start_new_session=True, **kwargs)
    try:
        return process.wait()
    except BaseException:
        for last_word in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(process.pid, last_word)
                process.wait(timeout=10)
        raise


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def port_is_taken(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return True
            raise Trouble(f"port {port} can't be used: {error.strerror}.") from error
    return False


def digest(*parts):
    """A short name for some content: strings, or paths whose content counts."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part.read_bytes() if isinstance(part, Path) else str(part).encode())
        sha.update(b"\0")
    return sha.hexdigest()[:12]

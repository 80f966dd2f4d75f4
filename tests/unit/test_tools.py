"""`./run` itself: whole or nothing, and sentences rather than tracebacks."""

import errno
import os
import select
import socket
import subprocess

import pytest

from tools import base, cli, odoo_source


def test_made_aside_whole(tmp_path):
    """What was made stands in its place, and nothing beside it."""
    with base.made_aside(tmp_path / "thing") as aside:
        (aside / "file").write_text("x")
        assert not (tmp_path / "thing").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["thing"]


def test_made_aside_broken(tmp_path):
    """A failure leaves nothing, and what a killed run left is swept by the next."""
    (tmp_path / ".thing.new-killed").mkdir()
    with pytest.raises(RuntimeError), base.made_aside(tmp_path / "thing") as aside:
        (aside / "half").write_text("x")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_quiet_says_what_failed():
    """A program that is missing or fails gives a sentence with its last words."""
    with pytest.raises(base.Trouble, match="no-such-program is not installed"):
        base.quiet(["no-such-program"], "It failed")
    with pytest.raises(base.Trouble, match=r"It failed \(exit status 3\)(.|\n)*last words"):
        base.quiet(["sh", "-c", "echo last words; exit 3"], "It failed")


def test_port_taken():
    """A port that somebody listens on is known before any work is done."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        assert base.port_is_taken(listener.getsockname()[1])
    assert not base.port_is_taken(base.free_port())


def test_digest_knows_parts_apart():
    """Joined parts are not other parts joined."""
    assert base.digest("ab", "c") != base.digest("a", "bc")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/some/file"), "the disk is full (/some/file)"),
        (PermissionError(errno.EACCES, "Permission denied", "/some/file"), "/some/file can't be written"),
        (base.Trouble("Something plain."), "Something plain."),
    ],
)
def test_trouble_is_a_sentence(monkeypatch, capsys, error, sentence):
    """What goes wrong outside is said in a sentence, with exit status 1."""

    def fail(_arguments):
        raise error

    monkeypatch.setattr(cli, "_dispatch", fail)
    assert cli.main(["setup"]) == 1
    captured = capsys.readouterr().err
    assert sentence in captured
    assert "Traceback" not in captured


def test_run_alone_explains(capsys):
    """`./run` alone names every command."""
    assert cli.main([]) == 0
    text = capsys.readouterr().out
    for name in cli.COMMANDS:
        assert f"./run {name}" in text


def test_unknown_command(capsys):
    """An unknown command is told so."""
    assert cli.main(["fly"]) == 1
    assert "'fly'" in capsys.readouterr().err


def test_odoo_home_is_checked(tmp_path, monkeypatch):
    """$ODOO_HOME without Odoo, or with another version, gives a clear sentence."""
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    with pytest.raises(base.Trouble, match="holds no Odoo"):
        odoo_source.home()
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo" / "release.py").write_text("version_info = (18, 0, 0, FINAL, 0, '')\n")
    with pytest.raises(base.Trouble, match="Odoo 18.0"):
        odoo_source.home()


def test_child_ends_with_us(monkeypatch):
    """When we are ended, a child is ended with all that it has started."""
    alive, held = os.pipe()  # open as long as any of them lives
    waiting = subprocess.Popen.wait

    def wait(process, timeout=None):
        if timeout is None:
            raise SystemExit(143)  # as the signal's handler does, while we wait for the child
        return waiting(process, timeout)

    monkeypatch.setattr(subprocess.Popen, "wait", wait)
    with pytest.raises(SystemExit):
        base.child(["sh", "-c", "sleep 600 & wait"], pass_fds=(held,))
    os.close(held)
    readable, _writable, _failed = select.select([alive], [], [], 20)
    assert readable, "what the child had started lives on"
    assert os.read(alive, 1) == b""

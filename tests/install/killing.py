"""Runs in an Odoo process: work that is killed at a chosen point, in a process of its own."""

import os
import signal

from odoo import sql_db


def killed(registry, work, point):
    """Do `work()` in a child that kills itself at its `point`-th statement or commit.

    Points are: before each statement, before each commit, after each commit.

    :return: whether it died so; False where the work was done before
    """
    died = _killed(work, lambda: _die_at(point))
    _wait_until_alone(registry)
    return died


def killed_in(registry, work, model, method):
    """The same, killed where it calls a method of a model."""
    died = _killed(work, lambda: setattr(registry[model], method, lambda *_args, **_kwargs: _die()))
    _wait_until_alone(registry)
    return died


def _killed(work, prepare):
    sql_db.close_all()  # connections can't be shared with a child
    child = os.fork()
    if not child:
        try:
            prepare()
            work()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _die():
    os.kill(os.getpid(), signal.SIGKILL)


def _die_at(point):
    reached = 0

    def tick():
        nonlocal reached
        reached += 1
        if reached == point:
            _die()

    def execute(cursor, *args, **kwargs):
        tick()
        return known_execute(cursor, *args, **kwargs)

    def commit(cursor):
        tick()
        known_commit(cursor)
        tick()

    known_execute, known_commit = sql_db.Cursor.execute, sql_db.Cursor.commit
    sql_db.Cursor.execute, sql_db.Cursor.commit = execute, commit


def _wait_until_alone(registry):
    """The server notices by itself that a client has died, and undoes what it had not committed."""
    while True:
        with registry.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND backend_type = 'client backend'"
            )
            if not cr.fetchone()[0]:
                return

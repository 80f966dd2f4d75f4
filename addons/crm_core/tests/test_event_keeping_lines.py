from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .keeping_common import OLD, RetentionCase


@tagged("post_install", "-at_install")
class TestRetentionLines(RetentionCase):
    """Who says how long which events are kept."""

    def test_kinds(self):
        """Conversation and steps can be forgotten, changes of a lead can't, nor for less than a month."""
        line = self.env["crm.lead.event.retention"]
        kinds = dict(line._selection_kind())
        self.assertLessEqual({"message_in", "activity_done", "note"}, set(kinds))
        self.assertFalse({"stage_moved", "created", "won", "lost"} & set(kinds))
        with self.assertRaises(ValidationError):
            line.create({"kind": "stage_moved", "months": 12})
        line.create({"kind": "note", "months": 12})
        for vals in ({"kind": "note", "months": 6}, {"kind": "sms_out", "months": 0}):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                line.create(vals)

    def test_kind_gone(self):
        """With an addon go the lines and totals of its kinds."""
        self.tell("note", OLD[0], self.closed)
        self.keep("note", "message_in")
        self.job("retention")
        self.Event._forget_kinds(["note"])
        self.assertEqual(self.env["crm.lead.event.retention"].search([]).mapped("kind"), ["message_in"])
        self.assertFalse(self.totals())

    def test_access(self):
        """Managers say how long and read the totals; nobody else does either, and nobody writes totals."""
        lines, totals = self.env["crm.lead.event.retention"], self.env["crm.lead.event.total"]
        line = lines.create({"kind": "note", "months": 12})
        for name in ("olga", "lena", "aldo", "fred", "petra"):
            user = self.users[name]
            for attempt in (
                lambda user=user: lines.with_user(user).search([]),
                lambda user=user: lines.with_user(user).create({"kind": "sms_out", "months": 1}),
                lambda user=user: line.with_user(user).write({"months": 1}),
                lambda user=user: line.with_user(user).unlink(),
                lambda user=user: totals.with_user(user).search([]),
                lambda user=user: self.env["crm.lead.event.erasure"].with_user(user).search([]),
            ):
                with self.subTest(persona=name), self.assertRaises(AccessError):
                    attempt()
        mona = self.users["mona"]
        line.with_user(mona).months = 6
        self.assertFalse(totals.with_user(mona).search([]))
        with self.assertRaises(AccessError):
            totals.with_user(mona).create({"month": "2026-01-01", "kind": "note", "number": 1})
        line.with_user(mona).unlink()

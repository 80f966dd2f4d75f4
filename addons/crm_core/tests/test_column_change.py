import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CrmCoreCase


@tagged("post_install", "-at_install")
class TestColumnChange(CrmCoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stage = cls.env["crm.stage"].create({"name": "Column", "sequence": 5})
        cls.reason = cls.env["crm.lost.reason"].create({"name": "Asked for the moon"})
        cls.column = cls.env["crm.lead"].create(
            [
                {
                    "name": f"deal {number}",
                    "type": "opportunity",
                    "stage_id": cls.stage.id,
                    "team_id": cls.north.id,
                    "user_id": cls.users["olga"].id,
                    "probability": 30,
                }
                for number in range(3)
            ]
        )

    def _change(self, mode, user="olga", domain=(), **vals):
        shown = [*domain, ("stage_id", "=", self.stage.id)]
        return (
            self.env["crm.column.change"]
            .with_user(self.users[user])
            .create({"mode": mode, "domain": json.dumps(shown), "column": "Column", **vals})
        )

    def test_archive_all_with_note_and_undo(self):
        """Archive All archives what the column shows, notes why, and Undo brings it back."""
        change = self._change("archive", note="Fair of last spring\n<script>")
        self.assertEqual(change.lead_count, 3)
        action = change.action_apply()
        self.assertEqual(action["tag"], "crm_core.column_changed")
        self.assertEqual(set(self.column.mapped("active")), {False})
        self.assertEqual(set(self.column.mapped("won_status")), {"pending"}, "archived is not lost")
        for lead in self.column:
            self.assertIn("Fair of last spring", lead.message_ids[0].body)
            self.assertNotIn("<script>", lead.message_ids[0].body)
        change.action_undo()
        self.assertEqual(set(self.column.mapped("active")), {True})

    def test_restore_all_and_undo(self):
        """Restore All opens lost leads again; Undo makes them lost with the same reason."""
        self.column[:2].action_set_lost(lost_reason_id=self.reason.id)
        self.column[2].action_archive()
        change = self._change("restore", domain=[("active", "=", False)])
        self.assertEqual(change.lead_count, 3)
        change.action_apply()
        self.assertEqual(set(self.column.mapped("won_status")), {"pending"})
        self.assertFalse(self.column.lost_reason_id)
        change.action_undo()
        self.assertRecordValues(
            self.column,
            [
                {"won_status": "lost", "active": False, "lost_reason_id": self.reason.id},
                {"won_status": "lost", "active": False, "lost_reason_id": self.reason.id},
                {"won_status": "pending", "active": False, "lost_reason_id": False},
            ],
        )

    def test_only_what_the_column_shows(self):
        """Filters of the view count: archived leads that are not shown are not restored."""
        self.column[0].action_archive()
        self.assertEqual(self._change("restore").lead_count, 0)
        self.assertEqual(self._change("archive").lead_count, 2)
        self.assertEqual(self._change("archive", domain=[("name", "=", "deal 1")]).lead_count, 1)

    def test_rights_are_kept(self):
        """A salesperson changes only what he may write."""
        self.column[0].user_id = self.users["otto"]
        self._change("archive").action_apply()
        self.assertEqual(self.column.mapped("active"), [True, False, False])

    def test_nothing_left(self):
        """An empty column, or one changed meanwhile by somebody else, gives a clear sentence."""
        change = self._change("archive")
        self.column.action_archive()
        with self.assertRaisesRegex(UserError, "nothing left"):
            change.action_apply()

    def test_undo_leaves_what_changed_since(self):
        """Undo does not touch a lead that somebody brought back or deleted in between."""
        change = self._change("archive")
        change.action_apply()
        self.column[0].action_set_won()
        self.column[1].unlink()
        change.action_undo()
        self.assertEqual(self.column[0].won_status, "won")
        self.assertTrue(self.column[2].active)
        self.assertFalse(change.action_undo(), "a second undo does nothing")

    def test_undo_loses_no_deal_won_since(self):
        """A deal that was restored and then won is not made lost by a late Undo; one lost for a reason stays lost."""
        self.column.action_set_lost(lost_reason_id=self.reason.id)
        change = self._change("restore", domain=[("active", "=", False)])
        change.action_apply()
        self.column[0].action_set_won()
        change.action_undo()
        self.assertEqual(self.column.mapped("won_status"), ["won", "lost", "lost"])
        self.column[0].action_archive()
        archive = self._change("archive")
        self.column[1:].action_restore()
        archive.action_apply()
        self.column[1].action_set_lost(lost_reason_id=self.reason.id)
        archive.action_undo()
        self.assertEqual(self.column[1:].mapped("active"), [False, True])

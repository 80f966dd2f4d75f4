from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .ledger_common import LedgerCase


@tagged("post_install", "-at_install")
class TestLedgerRights(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = {}
        for name, team in (("olga", cls.north), ("otto", cls.north), ("sara", cls.south), ("fred", cls.far)):
            user = cls.users[name]
            lead = cls.env["crm.lead"].create(
                {
                    "name": f"Deal of {name}",
                    "type": "opportunity",
                    "user_id": user.id,
                    "team_id": team.id,
                    "company_id": team.company_id.id,
                    "expected_revenue": 100,
                    "stage_id": cls.won.id,
                }
            )
            cls.env.cr.precommit.run()
            cls.entries[name] = cls.ledger.search([("lead_id", "=", lead.id), ("kind", "=", "won")])

    def test_who_sees_whose(self):
        """One's own entries and those of one's teams; all of one's companies with All Documents."""
        mine = self.ledger.union(*self.entries.values())
        for name, seen in (
            ("olga", "olga otto"),
            ("lena", "olga otto"),
            ("sara", "sara"),
            ("aldo", "olga otto sara"),
            ("mona", "olga otto sara"),
            ("fred", "fred"),
        ):
            with self.subTest(persona=name):
                found = self.ledger.with_user(self.users[name]).search([("id", "in", mine.ids)])
                self.assertEqual(set(found.user_id.mapped("login")), {f"core_{other}" for other in seen.split()})
        with self.assertRaises(AccessError):
            self.ledger.with_user(self.users["petra"]).search([])

    def test_no_amounts_of_colleagues(self):
        """A salesperson sees points of colleagues, but neither their deals nor the money, grouped or not."""
        olga = self.users["olga"]
        own, other = (self.entries[name].with_user(olga) for name in ("olga", "otto"))
        self.assertEqual((own.deal, own.worth, other.points), ("Deal of olga", 100, 1))
        self.assertEqual((other.deal, other.worth), (False, 0))
        for name in ("amount", "lead_id"):
            with self.assertRaises(AccessError):
                other.read([name])
            with self.assertRaises(AccessError):
                self.ledger.with_user(olga).search([(name, "!=", False)])
        with self.assertRaises(AccessError):
            self.ledger.with_user(olga)._read_group([], ["user_id"], ["amount:sum"])
        with self.assertRaises(AccessError):
            other.action_open_lead()
        self.assertEqual(self.entries["otto"].with_user(self.users["lena"]).worth, 100)

    def test_nobody_writes_the_projection(self):
        """Also a manager adds corrections only."""
        for name in ("olga", "lena", "aldo", "mona"):
            entry = self.entries["olga"].with_user(self.users[name])
            for change in (lambda entry=entry: entry.write({"points": 9}), entry.unlink):
                with self.subTest(persona=name), self.assertRaises(AccessError):
                    change()

    def test_corrections(self):
        """A manager corrects with a reason; it stays whatever is counted again. Others do not correct."""
        for name in ("olga", "lena", "aldo"):
            with self.subTest(persona=name), self.assertRaises(AccessError):
                self.correct(self.users[name])
        mona = self.users["mona"]
        with self.assertRaises(ValidationError):
            self.correct(mona, reason=" ")
        correction = self.correct(mona, key="won:1", counts=False, is_correction=False)
        self.assertEqual((correction.is_correction, correction.counts, correction.key), (True, True, False))
        self.ledger._count(self.env["crm.lead"].search([]).ids)
        self.assertEqual(correction.exists().with_user(self.olga).note, "Mona: Sold by the shop")
        self.assertEqual(correction.team_id, self.north)
        correction.points = 2
        correction.unlink()

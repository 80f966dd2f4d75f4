from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .board_common import BoardCase
from .offer_common import NOW


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBoard(BoardCase):
    """The channel manager's board: each figure is counted, and opens what was counted."""

    def setUp(self):
        super().setUp()
        self.brussels.reseller_capacity = 4
        self.open = self.give(self.brussels, "One") + self.give(self.pia.partner_id, "Two", 500)
        self.open += self.give(self.brussels, "Sleeps", 0)
        self.won = self.win(self.brussels, 7000)
        self.win(self.brussels, 900, "2025-12-31")
        self.lost = self.give(self.brussels, "Lost")
        self.lost.action_set_lost()
        self.set_state(self.open[0])
        self.set_state(self.open[2], "sleeping")

    def opened(self, action):
        found = self.env[action["res_model"]].with_user(self.cora).with_context(action.get("context", {}))
        return found.search(action["domain"])

    def test_figures(self):
        """Colleagues' leads count to their company; won this year and before apart; asleep is no trouble."""
        row = self.row(self.brussels)
        self.assertRecordValues(
            row,
            [
                {
                    "open_count": 3,
                    "capacity": 4,
                    "is_full": False,
                    "offer_count": 0,
                    "stuck_count": 1,
                    "open_amount": 1500,
                    "won_amount": 7000,
                    "won_count": 2,
                    "lost_count": 1,
                    "currency_id": self.company_a.currency_id.id,
                }
            ],
        )
        self.assertEqual(row.last_progress, max((self.open + self.lost + self.won).mapped("date_last_stage_update")))

    def test_count_is_list(self):
        """Each figure opens as many records as it says, also where the contact with the lead is archived."""
        contact = self.env["res.partner"].create({"name": "Left", "parent_id": self.brussels.id})
        self.give(contact, "Of one who left")
        self.brussels.reseller_capacity = 5
        contact.active = False
        self.offer()
        self.env.flush_all()
        row = self.row(self.brussels)
        for figure, action in (
            ("open_count", row.action_open_leads()),
            ("stuck_count", row.action_open_stuck()),
            ("offer_count", row.action_open_offers()),
        ):
            self.assertGreater(row[figure], 0, figure)
            self.assertEqual(len(self.opened(action)), row[figure], figure)
        self.assertEqual(self.opened(row.action_open_won()), self.won)
        self.assertEqual(len(self.opened(row.action_open_closed())), row.won_count + row.lost_count)
        self.assertTrue(row.is_full, "four leads and an offer")

    def test_won_rate(self):
        """With few closed leads the rate is drawn towards the usual one, and says so."""
        row, other = self.row(self.brussels), self.row(self.leeds)
        total = self.Board.with_user(self.cora).search([])
        usual = 100 * sum(total.mapped("won_count")) / sum(r.won_count + r.lost_count for r in total)
        self.assertAlmostEqual(row.won_rate, (200 + 8 * usual) / 11, 1)
        self.assertAlmostEqual(other.won_rate, usual, 1)
        self.assertIn("only 3 closed", row.won_rate_words)
        self.assertEqual(other.won_rate_words, "nothing closed yet")

    def test_answer_hours(self):
        """The median, an unanswered offer with its whole time; old ones and taken back ones do not count."""
        for hours, state, days in ((1, "accepted", 9), (5, "declined", 9), (72, "expired", 9), (500, "declined", 300)):
            sent = Datetime.now() - timedelta(days=days)
            end = sent + timedelta(hours=hours)
            self.Offer.create(
                {
                    "lead_id": self.new_lead().id,
                    "partner_id": self.leeds.id,
                    "company_id": self.company_a.id,
                    "way": "best",
                    "state": state,
                    "sent_at": sent,
                    "answered_at": end if state != "expired" else False,
                    "valid_until": end if state == "expired" else Datetime.now(),
                }
            )
        self.assertEqual(self.row(self.leeds).answer_hours, 5)
        self.assertFalse(self.row(self.lyon).answer_hours)

    def test_who_is_there(self):
        """Partners by level, and whoever still has open leads; nobody else."""
        self.brussels.active = False
        self.leeds.grade_id = self.lyon.grade_id = False
        self.give(self.lyon)
        self.assertTrue(self.row(self.brussels))
        self.assertTrue(self.row(self.lyon))
        self.assertFalse(self.row(self.leeds))

    def test_companies_and_money(self):
        """Of two companies the reader sees what he may see, in the money of the one that he is in."""
        other = self.env["res.currency"].create({"name": "TSB", "symbol": "t", "rounding": 0.01})
        self.env["res.currency.rate"].create(
            {"currency_id": other.id, "company_id": self.company_a.id, "name": "2026-01-01", "rate": 4}
        )
        self.company_b.currency_id = other
        self.give(self.brussels, "Far", 400, company_id=self.company_b.id)
        self.assertEqual(self.row(self.brussels).open_amount, 1500, "not a company of hers")
        self.cora.company_ids += self.company_b
        both = [self.company_a.id, self.company_b.id]
        row = self.row(self.brussels).with_context(allowed_company_ids=both).search([("id", "=", self.brussels.id)])
        self.assertEqual((row.open_count, row.open_amount), (4, 1600))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_who(self):
        """Channel managers and sales managers read the board, nobody writes it; others reach none of its ways in."""
        public = self.env.ref("base.public_user")
        people = {**self.users, "pia": self.pia, "rex": self.rex, "public": public}
        for name, user in people.items():
            board, is_reader = self.Board.with_user(user), name in ("mona", "cora")
            self.assertEqual(board.has_access("read"), is_reader, name)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(board.has_access(operation), (name, operation))
            row = board.browse(self.brussels.id)
            if is_reader:
                self.assertEqual(row.open_count, 3, name)
                continue
            for attempt in (
                lambda board=board: board.search([]),
                lambda board=board: board.formatted_read_group([], ["partner_id"], ["open_count:sum"]),
                lambda row=row: row.read(["open_amount"]),
                row.action_open_leads,
                lambda user=user: self.env["crm.reseller.level.trial"].with_user(user).action_open(),
            ):
                with self.assertRaises(AccessError, msg=name):
                    attempt()
        foreign = self.cora.copy(
            {"login": "cora_b", "company_id": self.company_b.id, "company_ids": self.company_b.ids}
        )
        self.assertFalse(self.row(self.brussels, foreign).open_count, "leads of another company are not counted")

    def test_groups_and_queries(self):
        """Grouped it sums; a hundred partners take no more queries than one."""
        self.assertEqual(
            self.Board.with_user(self.cora)._read_group([("grade_id", "=", self.grade.id)], [], ["open_count:sum"]),
            [(3,)],
        )
        counts = []
        for number in (1, 100):
            self.env["res.partner"].create([{"name": "More", "grade_id": self.grade.id} for _one in range(number)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.Board.with_user(self.cora).search([]).read(["partner_id", "open_count", "won_rate_words"])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)

    def test_switch(self):
        """The menus are there while a company has the board."""
        for xmlid in ("crm_reseller_board_menu", "crm_lead_without_progress_menu"):
            menu = self.env.ref(f"crm_reseller.{xmlid}")
            for is_on in (False, True):
                self.company_a.reseller_board = is_on
                self.assertEqual(menu.active, is_on)

from datetime import datetime, time, timedelta

from odoo import fields, models
from odoo.tools import format_amount, format_date, formatLang

WEEK = timedelta(days=6)
SHOWN = 3
MOST_BOARDS = 5


class ResUsers(models.Model):
    """One's own week in the game, as it is mailed: what this person may see, in his language."""

    _inherit = "res.users"

    game_week_off = fields.Boolean(
        "No Mail of the Week", help="The mail with where you stand and what you did, once a week, is not sent to you."
    )
    game_week_comes = fields.Boolean(related="company_id.game_week_mail", string="Mail of the Week Is Sent")

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "game_week_off", "game_week_comes"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "game_week_off"]

    def _is_on_leave_now(self):
        """Whether a leave of this person covers this moment."""
        now = self.env.cr.now().replace(tzinfo=None)
        domain = [("resource_id.user_id", "=", self.id), ("date_from", "<=", now), ("date_to", ">=", now)]
        leaves = self.env["resource.calendar.leaves"].sudo()
        return bool(leaves.search_count(domain, limit=1))

    def _get_week_link(self):
        return f"{self.get_base_url()}/game-week/{self.env['crm.game.week']._token_of(self)}"

    def _get_week_letter(self, monday):
        """(subject, body) of the mail of a week, None where nothing happened. self is the reader, in his env."""
        week = self._get_week(monday)
        if not week["deeds"] and not week["badges"] and not any(board["moved"] for board in week["boards"]):
            return None
        body = self.env["ir.qweb"]._render("crm_gamification.week_letter", week)
        return week["title"], body

    def _get_week(self, monday):
        """What the mail says, as plain data."""
        sunday = monday + WEEK
        entries = self.env["crm.game.entry"].search(
            [("user_id", "=", self.id), ("day", ">=", monday), ("day", "<=", sunday)]
        )
        return {
            "title": self.env._("Your week, %(start)s – %(end)s", start=self._day(monday), end=self._day(sunday)),
            "name": self.name,
            "boards": self._get_week_boards(monday, sunday),
            "deeds": self._get_week_deeds(entries),
            "not_counted": len(entries.filtered(lambda entry: not entry.counts)),
            "amount": self._get_week_amount(entries),
            "badges": self._get_week_badges(monday, sunday),
            "streaks": self._tell_streaks(),
            "board_link": f"{self.get_base_url()}/odoo/leaderboard",
            "link": self._get_week_link(),
            "html_lang": (self.lang or "en_US").replace("_", "-"),
        }

    def _day(self, day):
        return format_date(self.env, day)

    def _get_week_boards(self, monday, sunday):
        """Where he stands in each running challenge with a board that he takes part in."""
        challenges = self.env["gamification.challenge"]
        mine = challenges._get_boards(challenges._get_board_reader()).filtered(
            lambda challenge: challenge.state == "inprogress" and self in challenge.user_ids
        )
        moved = set(
            self.env["crm.game.entry"]
            .sudo()
            ._read_group(
                [
                    ("counts", "=", True),
                    ("day", ">=", monday),
                    ("day", "<=", sunday),
                    ("user_id", "in", mine.user_ids.ids),
                ],
                ["user_id"],
            )
        )
        found = []
        for challenge in mine[:MOST_BOARDS]:
            board = challenge.with_user(self).with_context(**self.env.context).get_board(by="person")
            me = next((row for row in board["rows"] if row["is_me"]), None)
            if me:
                shown = [row for row in board["rows"] if row["place"]][:SHOWN]
                found.append(
                    {
                        "name": board["name"],
                        "period": board["period"]["label"],
                        "days_left": board["period"]["days_left"],
                        "count": board["count"],
                        "me": me,
                        "rows": shown if me in shown else [*shown, me],
                        "moved": any((user,) in moved for user in challenge.user_ids),
                    }
                )
        return found

    def _get_week_deeds(self, entries):
        """[(what, how many)] of what counts; deals lost are no deed, nor is a date that was foreseen."""
        kinds = dict(entries._fields["kind"]._description_selection(self.env))
        found = []
        for kind, theirs in entries.filtered("counts").grouped("kind").items():
            number = sum(theirs.mapped("points"))
            if number and kind not in ("lost", "foreseen"):
                digits = 0 if float(number).is_integer() else 1
                found.append((kinds[kind], formatLang(self.env, number, digits=digits)))
        return found

    def _get_week_amount(self, entries):
        """His own deals' amounts, of those that he may see; nothing where there are none."""
        won = entries.filtered(lambda entry: entry.counts and entry.kind == "won" and entry.worth)
        texts = [
            format_amount(self.env, sum(theirs.mapped("worth")), currency, trailing_zeroes=False)
            for currency, theirs in won.grouped("currency_id").items()
        ]
        return " + ".join(texts)

    def _get_week_badges(self, monday, sunday):
        given = self.env["gamification.badge.user"].search(
            [
                ("user_id", "=", self.id),
                ("create_date", ">=", datetime.combine(monday, time.min)),
                ("create_date", "<=", datetime.combine(sunday, time.max)),
            ]
        )
        return [(badge.badge_name, badge.comment or "") for badge in given]

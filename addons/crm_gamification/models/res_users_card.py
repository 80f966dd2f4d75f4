from odoo import api, fields, models
from odoo.tools import format_date

from .crm_game_badge_rule import BADGES
from .res_users_streak import STREAKS

SELLER = "sales_team.group_sale_salesman"
WHYS = 3


class ResUsers(models.Model):
    """What somebody has earned in the game, as whoever looks may see it: rank, badges and streaks."""

    _inherit = "res.users"

    game_card = fields.Json("Game", compute="_compute_game_card")

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "game_card"]

    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_game_card(self):
        """One's own, those of people whom one looks after, and all for who manages users."""
        people = self._origin
        cards = people._whose_card_is_seen()._get_game_cards() if any(self._get_card_parts()) else {}
        for user in self:
            user.game_card = cards.get(user._origin, False)

    def _whose_card_is_seen(self):
        """Salespeople only: nobody else is in the game."""
        people = self.sudo().filtered(lambda user: user.has_group(SELLER))
        if self.env.user.has_group("base.group_erp_manager"):
            return people
        challenges = self.env["gamification.challenge"].sudo()
        reader = challenges._get_board_reader()
        seen = {
            user
            for user, person in challenges._get_board_people(people).items()
            if user == self.env.user or (reader.shows(person) and reader.looks_after(person))
        }
        return people.filtered(lambda user: user in seen)

    @api.model
    def _get_card_parts(self):
        """(whether badges and rank are shown, whether streaks are)."""
        get_param = self.env["ir.config_parameter"].sudo().get_param
        return bool(get_param(BADGES)), bool(get_param(STREAKS))

    def _get_game_cards(self):
        """{user: card}, in a fixed number of queries. Who may see these people's is decided by the caller.

        :return: card: dict with `rank` (False without), `karma`, `next` (words), `badges`: see `_get_card_badges`,
            `streaks`: see `_tell_streaks`; nothing at all while both are off
        """
        has_badges, has_streaks = self._get_card_parts()
        if not (has_badges or has_streaks):
            return {}
        people = self.sudo()
        badges = people._get_card_badges() if has_badges else {}
        streaks = people._get_streaks() if has_streaks else {}
        return {
            user: {
                "rank": has_badges and user.rank_id.name,
                "karma": user.karma if has_badges else 0,
                "next": user._get_next_rank_words() if has_badges else "",
                "badges": badges.get(user, []),
                "streaks": user._get_card_streaks(streaks[user]) if has_streaks else [],
            }
            for user in people
        }

    def _get_next_rank_words(self):
        rank = self.next_rank_id
        missing = rank.karma_min - self.karma
        return self.env._("%(missing)s more to %(rank)s", missing=missing, rank=rank.name) if missing > 0 else ""

    def _get_card_streaks(self, streaks):
        """The longest ones stand in the hints, and are one's own to read."""
        own = self == self.env.user
        return [streak if own else {**streak, "hint": ""} for streak in self._get_streak_words(streaks)]

    def _get_card_badges(self):
        """{user: [{id, name, count, image, whys}]}, the newest first."""
        given = self.env["gamification.badge.user"].search([("user_id", "in", self.ids)])
        whys = self._get_badge_whys(given)
        images = given.badge_id.with_context(bin_size=True)
        with_image = {badge.id for badge in images if badge.image_128}
        return {
            user: [
                {
                    "id": badge.id,
                    "name": badge.name,
                    "count": len(times),
                    "image": badge.id in with_image and f"/web/image/gamification.badge/{badge.id}/image_128",
                    "whys": [why for why in (whys.get(time, "") for time in times[:WHYS]) if why],
                }
                for badge, times in theirs.grouped("badge_id").items()
            ]
            for user, theirs in given.grouped("user_id").items()
        }

    def _get_badge_whys(self, given):
        """{badge given: why}: of badges by rule what the reader may read of it, of others what was written with it."""
        grants = self.env["crm.game.badge.grant"].search([("badge_user_id", "in", given.ids)])
        readable = grants.sudo(False)
        readable = readable._filtered_access("read") if readable.has_access("read") else readable.browse()
        by_rule = {grant.badge_user_id: grant.why if grant in readable else "" for grant in grants}
        return {one: by_rule[one] if one in by_rule else self._get_words_of(one) for one in given}

    def _get_words_of(self, given):
        day = format_date(self.env, given.create_date)
        return f"{given.comment} ({day})" if given.comment else day

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..board.reader import NOBODY, Person, Reader


class GamificationChallenge(models.Model):
    """Who sees which board, and what of it."""

    _inherit = "gamification.challenge"

    @api.model
    def _get_board_domain(self, reader):
        """Challenges with a board for this person: his own, and those of people of his teams.

        He is a member of them or leads them. Managers see those of their companies.
        """
        shown = Domain("visibility_mode", "=", "ranking") & Domain("state", "!=", "draft")
        if not self.env.user._is_internal():
            return Domain.FALSE
        if reader.is_manager:
            return shown & Domain("user_ids.company_ids", "in", list(reader.companies))
        members = self.env["crm.team.member"].sudo()
        mates = members._search([("crm_team_id", "in", list(reader.member_of | reader.leads))])
        of_teams = Domain("user_ids.crm_team_member_ids", "in", mates)
        return shown & (Domain("user_ids", "in", reader.id) | of_teams)

    def _check_board(self, reader):
        """Whoever may see the boards of these challenges goes on with all rights, as rows show what he may see."""
        if self - self.sudo().search(self._get_board_domain(reader) & Domain("id", "in", self.ids)):
            raise AccessError(
                self.env._(
                    "This leaderboard is not yours to see: neither you nor anybody of your sales teams takes part, "
                    "or the challenge shows people their own goals only."
                )
            )
        return self.sudo()

    def _find_named(self, user_id, reader):
        """The participant of that id, where the reader sees him on this board by name; else nobody."""
        user = self.user_ids.filtered(lambda user: user.id == user_id)
        person = self._get_board_people(user).get(user)
        return user if user and reader.shows(person) and reader.names(person) else user.browse()

    @api.model
    def _get_board_reader(self):
        user = self.env.user
        leads = self.env["crm.team"].sudo()._search([("user_id", "=", user.id)])
        members = self.env["crm.team.member"].sudo().search_fetch([("user_id", "=", user.id)], ["crm_team_id"])
        return Reader(
            user.id,
            is_manager=user.has_group("sales_team.group_sale_manager"),
            has_all=user.has_group("sales_team.group_sale_salesman_all_leads"),
            has_teams=user.has_group("crm_core.group_sale_salesman_team"),
            member_of=frozenset(members.crm_team_id.ids),
            leads=frozenset(leads.get_result_ids()),
            companies=frozenset(self.env.companies.ids),
        )

    @api.model
    def _get_board_people(self, users):
        """{user: Person}, with one query for all their teams."""
        teams = defaultdict(set)
        for member in self.env["crm.team.member"].search([("user_id", "in", users.ids)]):
            teams[member.user_id].add(member.crm_team_id.id)
        return {
            user: Person(
                user.id,
                frozenset(teams.get(user, NOBODY)),
                frozenset(user.company_ids.ids),
                user.game_unnamed and user.company_id.game_allow_unnamed,
                user.name,
                user.sale_team_id.id or 0,
            )
            for user in users
        }

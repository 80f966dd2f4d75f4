from .common import GamificationCase


class BoardCase(GamificationCase):
    """A board of Olga, Otto (both North, led by Lena) and Sara (South) by deals or by money."""

    def money(self, **vals):
        field = self.env["ir.model.fields"]._get("crm.lead", "expected_revenue")
        return self.definition(
            **{"name": "Money", "computation_mode": "sum", "field_id": field.id, "monetary": True, **vals}
        )

    def board_challenge(self, **vals):
        return self.challenge(**{"visibility_mode": "ranking", **vals})

    def sold(self, user, day, *amounts):
        deals = self.deals(user, day, len(amounts))
        for deal, amount in zip(deals, amounts, strict=True):
            deal.expected_revenue = amount
        return deals

    def rows(self, challenge, name, *args, **kwargs):
        return challenge.with_user(self.users[name]).get_board(*args, **kwargs)["rows"]

    def seen(self, challenge, name, *fields, **kwargs):
        return [tuple(row[field] for field in fields) for row in self.rows(challenge, name, **kwargs)]

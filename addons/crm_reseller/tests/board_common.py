from .offer_common import OfferCase

STUCK_STATE = "overdue"


class BoardCase(OfferCase):
    """The partners of the offers' world, and Cora, channel manager of company A."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Board = cls.env["crm.reseller.board"]
        cls.cora = cls.env["res.users"].create(
            {
                "name": "Cora",
                "login": "reseller_cora_board",
                "email": "cora@example.com",
                "company_id": cls.company_a.id,
                "company_ids": cls.company_a.ids,
                "group_ids": cls.env.ref("crm_reseller.group_channel_manager").ids,
            }
        )
        cls.users["cora"] = cls.cora

    @classmethod
    def give(cls, partner, name="Given", revenue=1000, **vals):
        return cls._make_lead(
            name,
            **{
                "type": "opportunity",
                "company_id": cls.company_a.id,
                "partner_assigned_id": partner.id,
                "expected_revenue": revenue,
                **vals,
            },
        )

    @classmethod
    def win(cls, partner, revenue, day="2026-02-10", **vals):
        lead = cls.give(partner, revenue=revenue, **vals)
        lead.action_set_won()
        lead.date_closed = f"{day} 12:00:00"
        return lead

    def set_state(self, leads, state=STUCK_STATE):
        """As the job of crm_core does."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET attention_state = %s WHERE id = ANY(%s)", (state, leads.ids))
        leads.invalidate_recordset()

    def row(self, partner, user=None):
        return self.Board.with_user(user or self.cora).search([("partner_id", "=", partner.id)])

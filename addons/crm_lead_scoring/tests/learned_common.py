from odoo.tests import TransactionCase

COUNTRIES = ("base.be", "base.fr", "base.hu", "base.de")


class LearnedScoreCase(TransactionCase):
    """Closed leads of the main company of which country tells the outcome: most of the first two
    countries are won, most of the others lost; and an open lead of each country."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        cls.company = cls.env["res.company"].browse(cls.env["res.company"]._main_company_id())
        cls.team = cls.env["crm.team"].create({"name": "Scored", "company_id": cls.company.id, "use_leads": True})
        cls.countries = [cls.env.ref(name) for name in COUNTRIES]
        cls.won_stage = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        cls.first_stage = cls.env["crm.stage"].search([("is_won", "=", False)], order="sequence, id", limit=1)
        # what the database holds of closed leads is another history
        cls.env.cr.execute(
            "UPDATE crm_lead SET company_id = NULL, won_status = 'pending', active = false, create_date = '2000-01-01'"
        )
        cls.env.invalidate_all()
        cls.leads = cls.env["crm.lead"]

    @classmethod
    def _close(cls, count=200, right=0.9):
        """Closed leads, `right` of them as their country says."""
        leads = cls.leads.create([cls._values(number) for number in range(count)])
        is_won = [(number % 4 < 2) == (number // 4 % 10 < round(10 * right)) for number in range(count)]
        won = leads.browse(lead.id for lead, wins in zip(leads, is_won, strict=True) if wins)
        won.write({"stage_id": cls.won_stage.id})
        (leads - won).action_set_lost()
        cls.env.flush_all()
        return leads

    @classmethod
    def _values(cls, number, **values):
        return {
            "name": f"Lead {number}",
            "type": "opportunity",
            "country_id": cls.countries[number % 4].id,
            "team_id": cls.team.id,
            "stage_id": cls.first_stage.id,
            "expected_revenue": 1000,
            "user_id": False,
            **values,
        }

    @classmethod
    def _open(cls, number=0, **values):
        return cls.leads.create(cls._values(number, **values))

    @classmethod
    def _switch_on(cls):
        """The learned score, learned and in use."""
        cls.company.crm_scoring_engine = "suite"
        cls.leads._cron_update_automated_probabilities()
        return cls.env["crm.scoring.model"].search([("company_id", "=", cls.company.id)], limit=1)

    @classmethod
    def _switch_on_everywhere(cls):
        """No lead is left to Odoo's own scoring, whatever companies the database has."""
        cls.env["res.company"].search([]).crm_scoring_engine = "suite"
        return cls._switch_on()

    def _follow(self):
        """What happens before a transaction ends."""
        self.env["crm.lead.event"]._flush()
        self.env.flush_all()

from odoo.tests import tagged

from .common import SuiteCase


@tagged("post_install", "-at_install")
class TestBestLeads(SuiteCase):
    """Scores in the filters that leads are shared out by."""

    def test_the_best_go_where_they_should(self):
        """A team that asks for a score of 60 and ten points gets the lead that has both, and no other (F18)."""
        env = self.env(context={**self.env.context, "tracking_disable": True, "mail_auto_subscribe_no_notify": True})
        env["crm.team"].search([]).assignment_optout = True
        user = env["res.users"].create(
            {
                "name": "Closer",
                "login": "closer",
                "group_ids": [(4, env.ref("sales_team.group_sale_salesman").id)],
            }
        )
        team = env["crm.team"].create(
            {
                "name": "Best leads only",
                "use_leads": True,
                "assignment_method": "round_robin",
                "assignment_domain": "[('win_score', '>=', 60), ('rule_score', '>=', 10)]",
            }
        )
        env["crm.team.member"].create({"crm_team_id": team.id, "user_id": user.id, "assignment_max": 30})
        leads = env["crm.lead"].create(
            [{"name": name, "type": "lead", "user_id": False, "team_id": False} for name in ("both", "score", "points")]
        )
        env.flush_all()
        for lead, score, points in zip(leads, (80, 80, 20), (15, 5, 15), strict=True):
            env.cr.execute(
                "UPDATE crm_lead SET win_score = %s, rule_score = %s WHERE id = %s", [score, points, lead.id]
            )
        env.invalidate_all()
        env["ir.config_parameter"].set_param("crm.lead.auto.assignment", True)
        team._action_assign_leads()
        self.assertEqual(leads.mapped("user_id.login"), ["closer"])
        self.assertEqual(leads.filtered("user_id").name, "both")

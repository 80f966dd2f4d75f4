from odoo.tests import tagged

from odoo.addons.crm_core.tests.common import CrmCoreCase


@tagged("post_install", "-at_install")
class TestReadyFilter(CrmCoreCase):
    def test_unassigned_leads(self):
        """A mailing with the ready filter goes to open leads without salesperson and to nobody else."""
        self.leads["south_nobody"].action_set_lost()
        ready = self.env.ref("crm_core_mass_mailing.mailing_filter_unassigned")
        mailing = self.env["mailing.mailing"].create(
            {
                "subject": "Still interested?",
                "mailing_model_id": self.env["ir.model"]._get("crm.lead").id,
                "mailing_filter_id": ready.id,
            }
        )
        self.assertEqual(mailing.mailing_domain, ready.mailing_domain)
        ours = self.env["crm.lead"].union(*self.leads.values())
        recipients = ours.browse(mailing._get_recipients()) & ours
        self.assertEqual(set(recipients.mapped("name")), {"north_nobody", "far_nobody", "nobody"})

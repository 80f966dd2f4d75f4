from odoo.tests import tagged

from odoo.addons.crm_core.tests.event_common import EventCase


@tagged("post_install", "-at_install")
class TestTouchUtm(EventCase):
    def test_touches_of_a_mailing(self):
        """A mailing that is opened and clicked brings its own UTM to these touches; others bring none, and neither
        does one whose mailing is gone."""
        campaign = self.env["utm.campaign"].create({"title": "Spring"})
        mailing = self.env["mailing.mailing"].create(
            {
                "subject": "News",
                "campaign_id": campaign.id,
                "mailing_model_id": self.env["ir.model"]._get_id("crm.lead"),
            }
        )
        trace = self.env["mailing.trace"].create(
            {"mass_mailing_id": mailing.id, "model": "crm.lead", "res_id": self.lead.id, "trace_type": "mail"}
        )
        rows = [
            {"id": 1, "kind": "mail_opened", "data": {"mailing": mailing.id}},
            {"id": 2, "kind": "link_clicked", "data": {"trace": trace.id, "link": 1}},
            {"id": 3, "kind": "message_in", "data": None},
            {"id": 4, "kind": "mail_opened", "data": None},
            {"id": 5, "kind": "link_clicked", "data": {"trace": 0}},
            {"id": 6, "kind": "mail_opened", "data": {"mailing": 0}},
        ]
        self.env.flush_all()
        utm = (mailing.source_id.id, mailing.medium_id.id, campaign.id)
        self.assertTrue(all(utm))
        self.assertEqual(self.Event._attribution_touch_utm(rows), {1: utm, 2: utm})

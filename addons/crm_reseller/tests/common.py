from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.crm_core.tests.common import CrmCoreCase

from ..models.mend import MEND

GEOCODER = "odoo.addons.base_geolocalize.models.base_geocoder.BaseGeocoder.geo_find"
# Ghent, York and Dijon: a way off the resellers
PLACES = {"be": (51.05, 3.72), "uk": (53.96, -1.08), "fr": (47.32, 5.04)}


class ResellerCase(CrmCoreCase):
    """The world of crm_core, with three resellers of a grade of their own.

        Brussels (BE), with Pia who may log in      Leeds (GB), with Rex who may log in
        Lyon (FR), nobody of it may log in

    `petra` is a portal user without a partnership. The geocoder knows nothing.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].search([("partner_weight", ">", 0)]).partner_weight = 0
        cls.grade = cls.env["res.partner.grade"].create({"name": "Gold of the test", "partner_weight": 10})
        cls.brussels = cls._make_reseller("Brussels", "be", 50.85, 4.35)
        cls.leeds = cls._make_reseller("Leeds", "uk", 53.80, -1.55)
        cls.lyon = cls._make_reseller("Lyon", "fr", 45.76, 4.84)
        cls.pia = cls._make_reseller_user("pia", cls.brussels)
        cls.rex = cls._make_reseller_user("rex", cls.leeds)

    def setUp(self):
        super().setUp()
        self.startPatcher(patch(GEOCODER, lambda *_args, **_options: None))

    @classmethod
    def _make_reseller(cls, name, country, latitude, longitude, **vals):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "email": f"{name.lower()}@partners.example.com",
                "country_id": cls.env.ref(f"base.{country}").id,
                "partner_latitude": latitude,
                "partner_longitude": longitude,
                "grade_id": cls.grade.id,
                **vals,
            }
        )

    @classmethod
    def _make_reseller_user(cls, login, company):
        user = new_test_user(cls.env, login=f"reseller_{login}", name=login.capitalize(), groups="base.group_portal")
        user.partner_id.parent_id = company
        return user

    @classmethod
    def _make_lead(cls, name, country="be", **vals):
        latitude, longitude = PLACES.get(country, (0, 0))
        return cls.env["crm.lead"].create(
            {
                "name": name,
                "type": "lead",
                "country_id": cls.env.ref(f"base.{country}").id,
                "partner_latitude": latitude,
                "partner_longitude": longitude,
                "user_id": False,
                **vals,
            }
        )

    @classmethod
    def mend(cls, is_on):
        cls.env["ir.config_parameter"].set_param(MEND, is_on)

    def forward(self, leads, partners, **vals):
        """Odoo's dialog, each lead to its partner."""
        wizard = self.env["crm.lead.forward.to.partner"]
        lines = [
            Command.create(wizard._convert_to_assignation_line(lead, partner))
            for lead, partner in zip(leads, partners, strict=True)
        ]
        return wizard.create({"forward_type": "assigned", "assignation_lines": lines, **vals}).action_forward()

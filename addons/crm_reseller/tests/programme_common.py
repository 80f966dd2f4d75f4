from .board_common import BoardCase


class ProgrammeCase(BoardCase):
    """Company A gives levels by rules: twelve months count, 60 days of grace.

    Bronze asks for nothing, Silver for 10,000 and two deals, Gold for 50,000 or ten deals. All three
    resellers begin on Bronze.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Change = cls.env["crm.reseller.level.change"]
        cls.env["res.partner.grade"].search([]).reseller_is_ruled = False
        cls.company_a.write({"reseller_levels": True, "reseller_level_months": 12, "reseller_level_grace_days": 60})
        cls.bronze, cls.silver, cls.gold = cls.env["res.partner.grade"].create(
            [
                {"name": name, "partner_weight": weight, "reseller_is_ruled": True, **vals}
                for name, weight, vals in (
                    ("Bronze", 1, {}),
                    (
                        "Silver",
                        5,
                        {"reseller_amount": 10000, "reseller_count": 2, "reseller_benefits": "<p>A phone line</p>"},
                    ),
                    (
                        "Gold",
                        10,
                        {
                            "reseller_amount": 50000,
                            "reseller_count": 10,
                            "reseller_needs": "any",
                            "reseller_benefits": "<p>A stand <script>alert(1)</script></p>",
                        },
                    ),
                )
            ]
        )
        cls.resellers = cls.brussels + cls.leeds + cls.lyon
        cls.resellers.grade_id = cls.bronze

    def changes(self, **vals):
        return self.Change.search([("partner_id", "in", self.resellers.ids)])

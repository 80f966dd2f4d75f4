from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.crm_core.tests.common import MANAGER, CrmCoreCase


@tagged("post_install", "-at_install")
class TestSecurity(CrmCoreCase):
    """Who sees scores, versions, fields and the trial."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["bob"] = new_test_user(
            cls.env, login="core_bob", name="Bob", groups=MANAGER, company_id=cls.company_b.id,
            company_ids=cls.company_b.ids,
        )  # fmt: skip
        values = {"number": 1, "verdict": "too_little_data", "trained_at": "2026-01-01"}
        versions = cls.env["crm.scoring.model"]
        cls.of_a = versions.create({**values, "company_id": cls.company_a.id})
        cls.of_b = versions.create({**values, "company_id": cls.company_b.id})
        cls.field_a = cls.env["crm.scoring.field"].create({"name": "city", "company_id": cls.company_a.id})

    def _as(self, person, records):
        records.invalidate_recordset()
        return records.with_user(self.users[person])

    def test_reasons_follow_the_lead(self):
        """A salesperson reads why a lead has its score if he may read the lead, else it is refused; nobody outside."""
        own, other = self.leads["north_olga"], self.leads["south_sara"]
        self.assertIn("score", self._as("olga", own).get_score_reasons())
        for person, lead in (("olga", other), ("petra", own), ("mona", self.leads["far_fred"])):
            for call in ("get_score_reasons", "action_score_step"):
                arguments = ("phone",) if call == "action_score_step" else ()
                with self.subTest(person, call=call), self.assertRaises(AccessError):
                    getattr(self._as(person, lead), call)(*arguments)

    def test_only_managers(self):
        """Versions, fields and the trial are for managers: no one else reads, writes or calls them."""
        for person in ("olga", "lena", "aldo", "petra"):
            for model in ("crm.scoring.model", "crm.scoring.field", "crm.scoring.trial", "crm.scoring.trial.line"):
                for operation in ("read", "write", "create", "unlink"):
                    access = self.env[model].with_user(self.users[person]).has_access(operation)
                    self.assertFalse(access, (person, model, operation))
            version = self._as(person, self.of_a)
            for call in (
                version.action_put_in_use,
                version.action_learn_now,
                version.action_open,
                version.get_drift,
                lambda version=version: version.action_use_field("city", "take_in"),
            ):
                with self.assertRaises(AccessError):
                    call()

    def test_two_companies(self):
        """Company B's manager neither sees nor changes what company A has learned, and leaves no field of its out."""
        self.assertEqual(self._as("bob", self.of_a).search([]), self.of_b)
        version = self._as("bob", self.of_a)
        for call in (
            version.action_put_in_use,
            version.action_learn_now,
            version.get_drift,
            lambda: version.action_use_field("city", "take_in"),
            lambda: version.read(["verdict"]),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertFalse(self._as("bob", self.field_a).has_access("read"))
        self.assertEqual(self._as("mona", self.of_a).search([]), self.of_a)
        self._as("bob", self.of_b).action_put_in_use()
        self.assertEqual((self.of_b.state, self.of_a.state), ("live", "kept"))

    def test_switch_on_in_own_company_only(self):
        """A manager switches the score on where he works, and tries no other company's leads."""
        trials = self.env["crm.scoring.trial"].with_user(self.users["bob"])
        trials.create({}).action_switch_on()
        self.assertEqual((self.company_b.crm_scoring_engine, self.company_a.crm_scoring_engine), ("suite", "odoo"))
        foreign = trials.create({"company_id": self.company_a.id})
        for call in (foreign.action_try, foreign.action_switch_on):
            with self.assertRaises(AccessError):
                call()

    def test_parameters_are_for_the_system(self):
        """What was learned, in numbers, is not for managers."""
        with self.assertRaises(AccessError):
            self._as("mona", self.of_a).read(["params"])

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.iap.tools import iap_tools

from ..allocation.lookalike import NO_NAMES, Keys, company_name_sql, is_shared_site, lookalikes, own_domains
from .res_config_settings import LOOKALIKES

KEPT = 50  # look-alikes of a lead that are handed out
SHOWN = 100  # similar leads that the form counts at most
KEY_FIELDS = (
    *("email_normalized", "phone_sanitized", "email_domain_criterion", "company_domain", "partner_name"),
    *("partner_id", "company_id"),
)
NAME = company_name_sql("partner_name")

WEBSITE = SQL("company_domain = asked.key")

# Evidence -> conditions by which a lead has it, each answered by an index
SAME = {
    "email": [SQL("email_normalized = asked.key")],
    "phone": [SQL("phone_sanitized = asked.key")],
    "customer": [SQL("partner_id IN (SELECT id FROM res_partner WHERE commercial_partner_id = asked.key::int)")],
    "company": [SQL("%s = asked.key AND length(asked.key) > 1 AND asked.key <> ALL(%s)", SQL(NAME), list(NO_NAMES))],
    "domain": [WEBSITE, SQL("email_domain_criterion = '@' || asked.key")],
}
# As Odoo's similar leads do it: contacts and companies below the customer count too
SAME_FAMILY = [
    SQL(
        """partner_id IN (
            WITH RECURSIVE family(id) AS (
                SELECT asked.key::int
                 UNION SELECT child.id FROM res_partner AS child JOIN family ON child.parent_id = family.id
            ) SELECT id FROM family
        )"""
    )
]
# OFFSET 0: the rows of a key are found by its index and sorted then; the planner must not walk along the ids instead
ANSWERS = """
    SELECT asked.n, ARRAY(
        SELECT id FROM (SELECT id, company_id FROM crm_lead WHERE %(same)s AND %(wanted)s OFFSET 0) AS same
         WHERE asked.company_id = 0 OR same.company_id IS NULL OR same.company_id = asked.company_id
         ORDER BY id LIMIT %(limit)s
    )
      FROM (SELECT n, %(key)s AS key, company_id
              FROM unnest(%(n)s::int[], %(keys)s::text[], %(companies)s::int[]) AS given(n, key, company_id)) AS asked
"""


class CrmLead(models.Model):
    """Finds which leads look the same, for many at once in a number of queries that does not grow with them."""

    _inherit = "crm.lead"

    # Stock indexes e-mail addresses for parts of them only, and names as they are typed
    _email_normalized_equal_idx = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")
    _company_name_idx = models.Index(f"(({NAME})) WHERE partner_name IS NOT NULL")

    @api.depends("partner_name", "company_domain")
    def _compute_potential_lead_duplicates(self):
        """As Odoo's, with company name and website; of many the first hundred are shown instead of none."""
        if not self._lookalikes_are_on():
            return super()._compute_potential_lead_duplicates()
        similar = self._find_lookalikes(SHOWN, everywhere=True)
        for lead, pairs in zip(self, similar, strict=True):
            lead.duplicate_lead_ids = self.browse([other for other, _by in pairs]) + lead
            lead.duplicate_lead_count = len(pairs)
        return None

    @api.model
    def _lookalikes_are_on(self):
        return bool(self.env["ir.config_parameter"].sudo().get_param(LOOKALIKES))

    def _lookalikes_of(self, keep=KEPT):
        """Open leads and opportunities that look the same, whoever may see them, in four queries for all.

        :param int keep: so many for each lead, the best
        :return: {lead id: [(id of the other, "email", "phone", "customer", "company" or "domain"), …]}, best
            evidence first, then by id; only of the same company or where one of the two has none, and not
            those that a person said are not the same
        """
        unlike = self.env["crm.lead.unlike"]._of(self.ids) if self else ()
        return {
            lead_id: [pair for pair in pairs if (lead_id, pair[0]) not in unlike]
            for lead_id, pairs in zip(self.ids, self._find_lookalikes(keep), strict=True)
        }

    def _find_lookalikes(self, keep, everywhere=False):
        """Pairs as in `_lookalikes_of` for each lead, saved or not.

        :param everywhere: in all companies, won, lost and archived leads too, as Odoo's similar leads
        """
        keys = self._lookalike_keys(everywhere)
        found = self._answer_lookalike_questions({q for one in keys for q in one.questions()}, keep + 1, everywhere)
        return [lookalikes(one, found, keep) for one in keys]

    def _lookalike_keys(self, everywhere=False):
        leads = self.sudo()
        leads.fetch(KEY_FIELDS)
        leads.partner_id.fetch(["commercial_partner_id"])
        return [
            Keys(
                lead_id=lead._origin.id or 0,
                company_id=0 if everywhere else lead.company_id.id or 0,
                email=lead.email_normalized or "",
                phone=lead.phone_sanitized or "",
                customer=lead.partner_id.commercial_partner_id.id or 0,
                company=lead.partner_name or "",
                domains=own_domains(
                    lead.company_domain,
                    (lead.email_domain_criterion or "").rpartition("@")[2],
                    iap_tools._MAIL_DOMAIN_BLACKLIST,
                ),
            )
            for lead in leads
        ]

    @api.model
    def _answer_lookalike_questions(self, questions, limit, everywhere):
        """The first leads, by id, that answer each question, with one query for all.

        :return: {Question: set of ids}
        """
        self.flush_model([*KEY_FIELDS, "active", "won_status"])
        self.env["res.partner"].flush_model(["commercial_partner_id", "parent_id"])
        questions = list(questions)
        arms = []
        for by, conditions in SAME.items():
            rows = [(n, q.key, q.company_id) for n, q in enumerate(questions) if q.by == by]
            for same in SAME_FAMILY if by == "customer" and everywhere else conditions:
                if fitting := [row for row in rows if same is not WEBSITE or not is_shared_site(row[1])]:
                    arms.append(self._lookalike_arm(by, same, fitting, limit, everywhere))
        found = {}
        for n, ids in self.env.execute_query(SQL(" UNION ALL ").join(arms)) if arms else ():
            found.setdefault(questions[n], set()).update(ids)
        return found

    @api.model
    def _lookalike_arm(self, by, same, rows, limit, everywhere):
        n, keys, companies = map(list, zip(*rows, strict=True))
        return SQL(
            ANSWERS,
            same=same,
            wanted=SQL("TRUE") if everywhere else SQL("active AND won_status = 'pending'"),
            limit=limit,
            key=SQL(company_name_sql("key")) if by == "company" else SQL("key"),
            n=n,
            keys=keys,
            companies=companies,
        )

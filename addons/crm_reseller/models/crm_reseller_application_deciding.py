from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

TEMPLATE = "crm_reseller.mail_template_application"


class CrmResellerApplication(models.Model):
    """What the channel manager decides, with what looks the same before him."""

    _inherit = "crm.reseller.application"

    @api.depends("name", "email", "phone", "website", "state")
    def _compute_known(self):
        for application in self:
            found, words = application._look_alike() if application._is_open() and application.id else ([], [])
            application.similar_partner_ids = found
            application.known_words = "\n".join(words)

    def _look_alike(self):
        """As registered deals are looked up, among customers, leads and other applications of the same company.

        :return: (contacts, a sentence for each thing found)
        """
        application = self.sudo()
        asked = self.env["crm.deal.registration"].sudo().new(application._prepare_asked_vals())
        known = asked._known()
        customers = asked._like_customers(known)
        rows = [*customers, *asked._like_leads(known)]
        matches = self.env["crm.deal.registration.match"].sudo()
        evidence = dict(matches._fields["evidence"]._description_selection(self.env))
        words = [
            f"{matches.new(row)._words()} ({evidence[row['evidence']]})"
            for row in sorted(rows, key=lambda row: -row["strength"])[:20]
        ]
        others = application.search_count(
            [("email", "=", self.email), ("id", "!=", self.id), ("company_id", "=", self.company_id.id)]
        )
        if others:
            words.append(self.env._("%(number)s other applications from the same e-mail address", number=others))
        partners = self.env["res.partner"].browse([row["customer_id"] for row in customers])
        return partners.sudo().commercial_partner_id.with_env(self.env)._filtered_access("read"), words

    def _prepare_asked_vals(self):
        return {
            "name": self.name,
            "email": self.email,
            "phone": self.phone,
            "website": self.website,
            "country_id": self.country_id.id,
            "company_id": self.company_id.id,
        }

    def action_approve(self):
        """The applicant is a partner of the level chosen; a person of the existing contact where one is named."""
        for application in self._to_decide():
            if not application.grade_id:
                raise UserError(self.env._("Choose first which level the partner gets."))
            company, contact = application._make_partner()
            application._decide("approved", partner_id=company.id)
            if application.is_invited:
                application._invite(contact)

    def action_refuse(self):
        for application in self._to_decide():
            application._decide("refused")

    def action_ask(self):
        for application in self._to_decide():
            if not application.question:
                raise UserError(self.env._("Write down first what you want to know: the applicant reads it."))
            application.write({"state": "question"})
            application._tell_applicant()

    def _to_decide(self):
        """Checked against the person's rights, locked, then written with all rights."""
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset(["state"])
        applications = self.sudo()
        for application in applications:
            if not application._is_open():
                raise UserError(self.env._("%(name)s was decided already.", name=application.name))
        return applications

    def _decide(self, state, **vals):
        self.write({"state": state, "decided_by_id": self.env.uid, "decided_at": fields.Datetime.now(), **vals})
        self._tell_applicant()

    def _make_partner(self):
        """:return: (the partner's company, the applicant as its contact)"""
        partners = self.env["res.partner"].sudo()
        company = self.partner_id.commercial_partner_id
        if company and company.company_id not in (partners.company_id, self.company_id):
            raise UserError(self.env._("%(name)s belongs to another company of yours.", name=company.name))
        if not company:
            company = partners.create(self._prepare_partner_vals())
        company.write(
            {
                "grade_id": self.grade_id.id,
                "date_partnership": company.date_partnership or fields.Date.today(),
                "reseller_lang_ids": [Command.link(lang.id) for lang in self.lang_ids],
            }
        )
        contact = company.child_ids.filtered(lambda child: child.email_normalized == self.email)[:1]
        if not contact:
            contact = partners.create(
                {
                    "name": self.contact_name,
                    "email": self.email,
                    "phone": self.phone,
                    "parent_id": company.id,
                    "lang": self._applicant_lang(),
                    "company_id": company.company_id.id,
                }
            )
        return company, contact

    def _prepare_partner_vals(self):
        return {
            "name": self.name,
            "is_company": True,
            "email": self.email,
            "phone": self.phone,
            "website": self.website,
            "country_id": self.country_id.id,
            "industry_id": self.industry_id.id,
            "lang": self._applicant_lang(),
        }

    def _applicant_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        return self.lang if self.lang in installed else self.company_id.partner_id.lang

    def _invite(self, contact):
        """Odoo's own invitation; whoever has a login already keeps it, and nobody gets a second one."""
        wizard = (
            self.env["portal.wizard"]
            .sudo()
            .with_company(self.company_id)
            .create({"partner_ids": [Command.set(contact.ids)]})
        )
        [line] = wizard.user_ids
        if line.is_portal or line.is_internal:
            return
        if line.email_state != "ok":
            self._message_log(
                body=self.env._(
                    "Nobody was invited to the portal: %(email)s is the login of somebody else.", email=self.email
                )
            )
            return
        line.action_grant_access()

    def _tell_applicant(self):
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if template:
            template.sudo().send_mail(self.id)

from odoo import api, models

from .alike import copies

FOLLOWERS = "crm_assignment_followers"  # context, and precommit data: followers are gathered and written at once
OWN = ("res_id", "partner_id")  # what each has of its own


class MailFollowers(models.Model):
    _inherit = "mail.followers"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.context.get(FOLLOWERS):
            return super().create(vals_list)
        self.env.cr.precommit.data.setdefault(FOLLOWERS, []).extend(vals_list)
        return self.browse()

    @api.model
    def _write_gathered(self):
        """Whoever follows leads from now on does so in the same way as the first: the subtypes are the same."""
        groups = {}
        for vals in self.env.cr.precommit.data.pop(FOLLOWERS, ()):
            groups.setdefault(repr({**vals, **dict.fromkeys(OWN)}), []).append(vals)
        for found in groups.values():
            first, others = self.create(found[:1]), found[1:]
            copies(first, {name: [vals[name] for vals in others] for name in OWN}, ["subtype_ids"])
            self.env[first.res_model].browse(vals["res_id"] for vals in others).modified(["message_follower_ids"])

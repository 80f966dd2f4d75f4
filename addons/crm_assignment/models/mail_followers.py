from odoo import api, models

from .alike import copies

ALIKE = "crm_assignment_alike"  # context: followers of many leads at once


class MailFollowers(models.Model):
    _inherit = "mail.followers"

    @api.model_create_multi
    def create(self, vals_list):
        """Somebody who follows many leads from now on follows all in the same way."""
        if not self.env.context.get(ALIKE):
            return super().create(vals_list)
        groups, ids = {}, []
        for vals in vals_list:
            groups.setdefault(repr({**vals, "res_id": None}), []).append(vals)
        for found in groups.values():
            first, res_ids = super().create(found[:1]), [vals["res_id"] for vals in found[1:]]
            ids += [first.id, *copies(first, {"res_id": res_ids}, ["subtype_ids"])]
            self.env[first.res_model].browse(res_ids).modified(["message_follower_ids"])
        return self.browse(ids)

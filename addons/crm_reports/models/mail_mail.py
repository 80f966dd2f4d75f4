import base64

from odoo import models

from .crm_view_mail_body import CHART_NAME


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _view_mail_body(self):
        """The text with the chart in it, to be shown in Odoo."""
        body = self.body_html or ""
        picture = self.attachment_ids.filtered(lambda file: file.name == CHART_NAME)[:1].with_context(bin_size=False)
        if picture:
            body = body.replace(f"cid:{CHART_NAME}", f"data:image/png;base64,{base64.b64encode(picture.raw).decode()}")
        return body

from odoo import models

from .crm_view_mail_body import CHART_NAME


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def _build_email__(self, *args, **kwargs):
        """Gives the chart of a mailed view the id by which its text shows it."""
        message = super()._build_email__(*args, **kwargs)
        if f"cid:{CHART_NAME}" in (kwargs.get("body") or ""):
            for part in message.iter_attachments():
                if part.get_filename() == CHART_NAME:
                    part["Content-ID"] = f"<{CHART_NAME}>"
                    part.replace_header("Content-Disposition", f'inline; filename="{CHART_NAME}"')
        return message

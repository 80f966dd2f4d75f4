import json

from odoo import models


class SpreadsheetDashboard(models.Model):
    _inherit = "spreadsheet.dashboard"

    def _get_serialized_readonly_dashboard(self):
        """Money in the currency of the reader's company, without cents, and days as his language writes them."""
        serialized = super()._get_serialized_readonly_dashboard()
        if '"readerFormats"' not in serialized:
            return serialized
        data = json.loads(serialized)
        snapshot = data["snapshot"]
        formats, keys = snapshot["formats"], snapshot.pop("readerFormats")
        formats[keys["day"]] = snapshot["settings"]["locale"]["dateFormat"]
        formats[keys["money"]] = self._money_format(data["default_currency"])
        return json.dumps(data)

    def _money_format(self, currency):
        symbol = f"[${currency['symbol']}]"
        return f"#,##0{symbol}" if currency["position"] == "after" else f"{symbol}#,##0"

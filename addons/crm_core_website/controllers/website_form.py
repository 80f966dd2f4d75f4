from odoo.addons.website_crm.controllers import website_form


class WebsiteForm(website_form.WebsiteForm):
    def insert_record(self, request, model_sudo, values, custom, meta=None):
        result = super().insert_record(request, model_sudo, values, custom, meta=meta)
        if result and model_sudo.model == "crm.lead":
            request.env["crm.lead"].sudo().browse(result)._event_record_form()
        return result

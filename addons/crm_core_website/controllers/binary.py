from odoo import http
from odoo.http import request
from odoo.tools import str2bool

from odoo.addons.web.controllers import binary


def _is_download():
    """Asked for as a file to keep, as the website's documents and links to them do; not what a page shows."""
    return str2bool(request.httprequest.args.get("download"), default=False)


class Binary(binary.Binary):
    def _keeps_nothing(self, _rule, _args):
        return not _is_download()

    @http.route(readonly=_keeps_nothing)
    def content_common(self, *args, **kw):
        response = super().content_common(*args, **kw)
        if _is_download() and request.httprequest.method == "GET" and response.status_code in (200, 206):
            request.env["website.visitor"]._track_download(kw.get("xmlid"), kw.get("model"), kw.get("id"))
        return response

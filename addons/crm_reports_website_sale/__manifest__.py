{
    "name": "CRM Reports: Online Shop",
    "summary": "Orders of the online shop on the team dashboard",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_reports_sale", "website_sale"],
    "auto_install": True,
    "installable": True,
}

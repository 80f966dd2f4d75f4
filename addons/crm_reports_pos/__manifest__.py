{
    "name": "CRM Reports: Point of Sale",
    "summary": "Sales at the till on the team dashboard",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_reports", "pos_sale"],
    "auto_install": True,
    "installable": True,
}

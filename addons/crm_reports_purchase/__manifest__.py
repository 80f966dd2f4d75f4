{
    "name": "CRM Reports: Purchase",
    "summary": "Purchases beside the money on the team dashboard",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_reports", "purchase"],
    "auto_install": True,
    "installable": True,
}

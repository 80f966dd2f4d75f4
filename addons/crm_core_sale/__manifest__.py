{
    "name": "CRM Core: Sales",
    "summary": "Team leaders see the quotations and orders of their teams",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_core", "sale"],
    "data": ["security/sale_security.xml"],
    "auto_install": True,
    "installable": True,
}

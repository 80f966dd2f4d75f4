{
    "name": "CRM Core: Sales",
    "summary": "Team leaders see the orders of their teams; quotations in the log of each lead",
    "version": "19.0.1.2.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_core", "sale_crm"],
    "data": ["security/sale_security.xml"],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
    "installable": True,
}

{
    "name": "CRM Core: Website",
    "summary": "Pages visited, documents downloaded and forms sent in the log of each lead",
    "version": "19.0.1.1.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_core", "website_crm"],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
    "installable": True,
}

{
    "name": "CRM Core: Purchase",
    "summary": "A setting that lets sales managers manage purchases too",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_core", "purchase"],
    "data": ["views/res_config_settings_views.xml"],
    "auto_install": True,
    "installable": True,
    "uninstall_hook": "uninstall_hook",
}

{
    "name": "Lead Assignment",
    "summary": "Leads shared out fairly, in turn or to who has least to do, with the reason on record",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_core"],
    "data": [
        "views/crm_lead_lookalike_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "uninstall_hook": "uninstall_hook",
    "installable": True,
}

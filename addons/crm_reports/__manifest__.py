{
    "name": "CRM Reports",
    "summary": "Ready reports and dashboards, attribution that adds up, and any view by e-mail",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_core", "spreadsheet_dashboard"],
    "data": [
        "security/ir.model.access.csv",
        "views/res_config_settings_views.xml",
        "views/crm_reports_menus.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "installable": True,
}

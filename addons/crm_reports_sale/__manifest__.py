{
    "name": "CRM Reports: Sales",
    "summary": "Orders and invoices on the team dashboard, attribution of invoiced money",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_reports", "sale_crm"],
    "data": ["views/res_config_settings_views.xml"],
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
    "installable": True,
}

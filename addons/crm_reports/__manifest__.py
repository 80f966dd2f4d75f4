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
        "security/crm_campaign_cost_security.xml",
        "data/ir_cron_attribution_data.xml",
        "views/crm_attribution_share_views.xml",
        "views/crm_campaign_cost_views.xml",
        "views/res_config_settings_views.xml",
        "views/crm_reports_menus.xml",
    ],
    "assets": {
        "web.assets_backend_lazy": [
            "crm_reports/static/src/lead_drill_down/*",
        ],
        "web.assets_unit_tests": [
            "crm_reports/static/tests/*.test.js",
        ],
        "web.assets_tests": [
            "crm_reports/static/tests/tours/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "installable": True,
}

{
    "name": "Lead Scoring",
    "summary": "Points by rule, and a chance of winning learned from your own deals that says why",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_core"],
    "external_dependencies": {"python": ["numpy"]},
    "data": [
        "security/ir.model.access.csv",
        "security/crm_scoring_field_security.xml",
        "security/crm_scoring_model_security.xml",
        "data/ir_cron_score_data.xml",
    ],
    "assets": {
        "web.assets_backend": ["crm_lead_scoring/static/src/**/*"],
        "web.assets_unit_tests": ["crm_lead_scoring/static/tests/*.test.js"],
        "web.assets_tests": ["crm_lead_scoring/static/tests/tours/**/*"],
    },
    "pre_init_hook": "pre_init_hook",
    "uninstall_hook": "uninstall_hook",
    "installable": True,
}

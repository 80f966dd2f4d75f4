{
    "name": "CRM Gamification",
    "summary": "Challenges, goals and badges for salespeople, made by sales managers under CRM",
    "version": "19.0.1.1.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_core", "gamification_sale_crm"],
    "data": [
        "security/gamification_security.xml",
        "security/ir.model.access.csv",
        "views/crm_gamification_menus.xml",
        "views/gamification_goal_definition_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "installable": True,
}

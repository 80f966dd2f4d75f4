{
    "name": "CRM Gamification",
    "summary": "Challenges, goals and badges for salespeople, made by sales managers under CRM",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_core", "gamification_sale_crm"],
    "data": [
        "security/gamification_security.xml",
        "security/ir.model.access.csv",
        "views/crm_gamification_menus.xml",
    ],
    "installable": True,
}

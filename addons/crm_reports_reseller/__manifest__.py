{
    "name": "CRM Reports: Resellers",
    "summary": "Ready reports by partner: what they win, how they answer, which deals they register",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_reports", "crm_reseller"],
    "data": [
        "security/crm_report_security.xml",
        "views/crm_lead_views.xml",
        "views/crm_lead_offer_views.xml",
        "views/crm_deal_registration_views.xml",
        "data/crm.report.csv",
    ],
    "auto_install": True,
    "installable": True,
}

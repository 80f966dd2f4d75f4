{
    "name": "CRM Reports: Scoring Quality",
    "summary": "A dashboard that says whether leads with a high score are those that are won",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_reports", "crm_lead_scoring"],
    "data": ["data/spreadsheet_dashboard_data.xml"],
    "auto_install": True,
    "installable": True,
}

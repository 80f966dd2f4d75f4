{
    "name": "CRM Core: Email Marketing",
    "summary": "A ready filter for mailings to unassigned leads",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_core", "mass_mailing_crm"],
    "data": ["data/mailing_filter_data.xml"],
    "auto_install": True,
    "installable": True,
}

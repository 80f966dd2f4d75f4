{
    "name": "CRM Core: Email Marketing",
    "summary": "A ready filter for mailings to unassigned leads; what a mailing did in the log of each lead",
    "version": "19.0.1.2.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_core", "mass_mailing_crm"],
    "data": ["data/mailing_filter_data.xml"],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
    "installable": True,
}

{
    "name": "CRM Core: Live Chat",
    "summary": "Chats with the customer in the log of each lead",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_core", "crm_livechat"],
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
    "installable": True,
}

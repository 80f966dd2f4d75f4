{
    "name": "CRM Suite: tests across apps",
    "summary": "Walks through the web client as each person, with the whole suite installed",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_suite"],
    "assets": {
        "web.assets_tests": ["test_crm_suite/static/tests/tours/**/*"],
    },
    "installable": True,
}

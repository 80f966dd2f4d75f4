{
    "name": "Resellers: Quotations",
    "summary": "Partners make quotations for their opportunities from the products open to them",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Suite contributors",
    "license": "LGPL-3",
    "depends": ["crm_reseller", "sale_crm"],
    "data": [
        "security/crm_reseller_sale_groups.xml",
        "views/product_template_views.xml",
        "views/sale_order_views.xml",
        "views/res_config_settings_views.xml",
        "views/pipeline_templates.xml",
        "views/quotation_templates.xml",
    ],
    "auto_install": True,
    "installable": True,
}

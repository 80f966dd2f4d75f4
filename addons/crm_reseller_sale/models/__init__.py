from . import crm_lead, crm_lead_quoting, product_template, res_company, res_config_settings, sale_order

from . import crm_month_end_report

"""Which level a partner has earned, and what is left to the next. Pure Python, without Odoo."""

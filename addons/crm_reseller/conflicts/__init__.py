"""Whether a deal that a partner registers is known already. Pure Python, without Odoo."""

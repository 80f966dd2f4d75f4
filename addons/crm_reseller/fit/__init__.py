"""Which partner fits a lead, and why. Pure Python and numpy, without Odoo."""

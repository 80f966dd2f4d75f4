"""What a stranger enters on a public page, made harmless. Pure Python, without Odoo."""

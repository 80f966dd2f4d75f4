"""What a mailed view is made of, without Odoo: when it is due, its table, its chart, its file, its domain."""

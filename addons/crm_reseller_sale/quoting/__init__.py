"""Quotations by partners, without Odoo: what was entered, and within which bounds."""

"""The partner's pipeline, without Odoo: what he may read and write, and what an address asks for."""

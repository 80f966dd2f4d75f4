from odoo import SUPERUSER_ID, api

ONES = {"deals": "deal", "customers": "customer", "meetings": "meeting", "calls": "call", "hours": "hour",
        "steps": "step", "leads": "lead", "days": "day"}  # fmt: skip


def migrate(cr, version):
    """The shipped definitions know what stands behind a figure of one, unless their suffix has been changed."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    definitions = env["gamification.goal.definition"].search([("computation_mode", "=", "game")])
    for definition in definitions.filtered(lambda definition: definition.get_external_id()[definition.id]):
        if not definition.suffix_one and definition.suffix in ONES:
            definition.suffix_one = ONES[definition.suffix]

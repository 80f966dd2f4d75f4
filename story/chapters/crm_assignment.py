"""Two teams share out their leads by methods of their own, two as Odoo does; the finale lets them do it once."""

from story import records

METHODS = {
    "small_business": {"assignment_method": "round_robin"},
    "europa": {"assignment_method": "least_loaded", "assignment_loyal": True},
}


def tell(env, story):
    for key, values in METHODS.items():
        records.recall(env, "team", key).write(values)

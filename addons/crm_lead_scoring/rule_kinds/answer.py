from odoo.tools import SQL

from .base import RuleKind


class AnsweredWithin(RuleKind):
    """We were the first time in touch within some hours after the customer came to us."""

    conditions = ("hours",)

    def hits(self, env, rule, ids):
        log = env["crm.lead.event"]
        return SQL(
            """
            SELECT %(rule)s::int, told.id, told.answered, NULL::text
              FROM (SELECT came.id, came.moment,
                           (SELECT min(ours.moment) FROM crm_lead_event ours
                             WHERE ours.lead_id = came.id AND ours.kind = ANY(%(outs)s)
                               AND ours.moment >= came.moment) AS answered
                      FROM (SELECT lead.id,
                                   date_trunc('second', LEAST(lead.create_date,
                                       (SELECT min(theirs.moment) FROM crm_lead_event theirs
                                         WHERE theirs.lead_id = lead.id AND theirs.kind = ANY(%(ins)s)))) AS moment
                              FROM crm_lead lead WHERE lead.id = ANY(%(ids)s::int[])) came) told
             WHERE told.answered <= told.moment + make_interval(secs => %(seconds)s)
            """,
            rule=rule.id,
            ids=ids,
            outs=log._contact_kinds("out"),
            ins=log._contact_kinds("in"),
            seconds=rule.hours * 3600.0,
        )

    def words(self, env, rule):
        return env._("Our first answer came within %(hours)s hours", hours=f"{rule.hours:g}")

from collections import defaultdict
from datetime import datetime, timezone

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ..points.tally import tally

BATCH = 2_000
NEAR = 60  # seconds by which a told moment may differ and still be the same
NO_HITS = SQL("SELECT NULL::int, NULL::int, NULL::timestamp, NULL::text WHERE FALSE")
OPEN = SQL("lead.active AND COALESCE(lead.won_status, 'pending') = 'pending'")


def naive(seconds):
    return seconds and datetime.fromtimestamp(seconds, timezone.utc).replace(tzinfo=None)


class CrmLead(models.Model):
    """Works out points by rule: one query reads what a batch of leads needs, one writes."""

    _inherit = "crm.lead"

    @api.model
    def _rule_facts_sql(self, lead_ids, rules, which=OPEN):
        """One row a lead: its team, company, points, lines and hits. Closed leads keep the points that they had.

        :param list rules: of Rule
        :param SQL which: of the leads; the table is called `lead`
        """
        env, kinds = self.env["crm.scoring.rule"]._system_env(), self.env["crm.scoring.rule"]._rule_kinds()
        hits = [SQL("(%s)", kinds[rule.kind].hits(env, rule, lead_ids)) for rule in rules]
        return SQL(
            """
            WITH hit(rule_id, lead_id, moment, mark) AS (%(hits)s),
                 told AS (SELECT lead_id, json_agg(json_build_array(rule_id, date_part('epoch', moment), mark)) AS hits
                            FROM hit GROUP BY lead_id),
                 known AS (SELECT lead_id,
                                  json_agg(json_build_array(rule_id, points, hits, date_part('epoch', last_moment),
                                                            date_part('epoch', changes_at))) AS lines
                             FROM crm_lead_rule_line WHERE lead_id = ANY(%(ids)s::int[]) GROUP BY lead_id)
            SELECT lead.id, lead.team_id, COALESCE(lead.company_id, team.company_id) AS company_id,
                   lead.rule_score, told.hits, known.lines
              FROM crm_lead lead
              LEFT JOIN crm_team team ON team.id = lead.team_id
              LEFT JOIN told ON told.lead_id = lead.id
              LEFT JOIN known ON known.lead_id = lead.id
             WHERE lead.id = ANY(%(ids)s::int[]) AND %(which)s
            """,
            hits=SQL(" UNION ALL ").join(hits) if hits else NO_HITS,
            ids=lead_ids,
            which=which,
        )

    @api.model
    def _rule_lines_of(self, lead_ids, rules):
        """What the rules would give leads as they stand, closed ones too. Writes nothing.

        :param list rules: of Rule
        :return: iterator of (lead id, dict rule id -> Line)
        """
        self.env["crm.lead.event"]._flush()
        self.env.flush_all()
        now = fields.Datetime.now().replace(tzinfo=timezone.utc).timestamp()
        for batch in split_every(BATCH, lead_ids):
            for found in self.env.execute_query_dict(self._rule_facts_sql(list(batch), rules, SQL("TRUE"))):
                yield found["id"], self._rule_lines(found, rules, now)

    @api.model
    def _rule_lines(self, found, rules, now):
        """What the rules give one lead.

        :param dict found: a row of `_rule_facts_sql`
        :param float now: seconds since 1970 UTC
        :return: dict rule id -> Line
        """
        kinds, moments = self.env["crm.scoring.rule"]._rule_kinds(), defaultdict(list)
        by_id = {rule.id: rule for rule in rules if rule.concerns(found["team_id"], found["company_id"])}
        for rule_id, moment, mark in found["hits"] or ():
            rule = by_id.get(rule_id)
            if rule and kinds[rule.kind].counts(rule, mark):
                moments[rule_id].append(moment)
        return {rule_id: tally(by_id[rule_id].worth, told, now) for rule_id, told in moments.items()}

    @api.model
    def _rule_changes(self, facts, rules):
        """What has to be written.

        :return: scores (lead, points) and lines (lead, rule, points, hits, last, changes) to set,
            lines (lead, rule) to drop
        """
        now = fields.Datetime.now().replace(tzinfo=timezone.utc).timestamp()
        scores, lines, dropped = [], [], []
        for found in facts:
            new = self._rule_lines(found, rules, now)
            known = {row[0]: row[1:] for row in found["lines"] or ()}
            score = sum(line.points for line in new.values())
            if score != (found["rule_score"] or 0):
                scores.append((found["id"], score))
            for rule_id, line in new.items():
                if rule_id not in known or self._line_differs(line, *known[rule_id]):
                    moments = (naive(line.last), naive(line.changes))
                    lines.append((found["id"], rule_id, line.points, line.hits, *moments))
            dropped += [(found["id"], rule_id) for rule_id in known.keys() - new.keys()]
        return scores, lines, dropped

    @api.model
    def _line_differs(self, line, points, hits, last, changes):
        if (line.points, line.hits) != (points, hits) or bool(line.changes) != bool(changes):
            return True
        return abs(line.last - last) >= 1 or abs((line.changes or 0) - (changes or 0)) > NEAR

    @api.model
    def _rule_write(self, changes):
        """Neither `write_date` nor automation rules take it for work.

        :return: whether all was written; leads that somebody is just writing are skipped
        """
        scores, lines, dropped = changes
        lead_ids = sorted({row[0] for rows in changes for row in rows})
        if not lead_ids:
            return True
        free = self.env.execute_query(
            SQL(
                """
                WITH free AS (SELECT id FROM crm_lead WHERE id = ANY(%(ids)s) ORDER BY id
                                 FOR NO KEY UPDATE SKIP LOCKED),
                     gone AS (DELETE FROM crm_lead_rule_line line
                               USING unnest(%(gone_leads)s::int[], %(gone_rules)s::int[]) AS v(lead_id, rule_id)
                               WHERE line.lead_id = v.lead_id AND line.rule_id = v.rule_id
                                 AND v.lead_id IN (SELECT id FROM free)),
                     put AS (INSERT INTO crm_lead_rule_line AS line
                                         (lead_id, rule_id, points, hits, last_moment, changes_at)
                             SELECT * FROM unnest(%(leads)s::int[], %(rules)s::int[], %(points)s::int[],
                                                  %(hits)s::int[], %(lasts)s::timestamp[], %(nexts)s::timestamp[])
                                        AS v(lead_id, rule_id, points, hits, last_moment, changes_at)
                              WHERE v.lead_id IN (SELECT id FROM free)
                             ON CONFLICT (lead_id, rule_id) DO UPDATE
                                SET points = EXCLUDED.points, hits = EXCLUDED.hits,
                                    last_moment = EXCLUDED.last_moment, changes_at = EXCLUDED.changes_at),
                     scored AS (UPDATE crm_lead SET rule_score = v.score
                                  FROM unnest(%(scored)s::int[], %(scores)s::int[]) AS v(id, score)
                                 WHERE crm_lead.id = v.id AND v.id IN (SELECT id FROM free))
                SELECT id FROM free
                """,
                ids=lead_ids,
                **self._columns(dropped, "gone_leads", "gone_rules"),
                **self._columns(lines, "leads", "rules", "points", "hits", "lasts", "nexts"),
                **self._columns(scores, "scored", "scores"),
            )
        )
        leads = self.browse(lead_ids)
        leads.invalidate_recordset(["rule_score", "rule_line_ids"], flush=False)
        self.env["crm.lead.rule.line"].invalidate_model(flush=False)
        return len(free) == len(lead_ids)

    @api.model
    def _columns(self, rows, *names):
        columns = zip(*rows, strict=True) if rows else [()] * len(names)
        return {name: list(column) for name, column in zip(names, columns, strict=True)}

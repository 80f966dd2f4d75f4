import numpy as np

from odoo import api, fields, models
from odoo.tools import SQL, ormcache

from ..ml import gather_columns
from ..ml.gather_columns import DAY, READERS
from ..ml.gather_events import Told
from ..ml.gather_moments import moments_now
from ..ml.table import MISSING, NUMBER, TAGS, Feature, Table
from .crm_lead_features import COMPUTED

CHUNK = 20_000
MANY = 1_000
ARRIVED = Feature("arrived", NUMBER)
IDS = "the ids"  # stands for them in a query that is kept
TOLD = frozenset(feature.name for feature in COMPUTED)


class CrmLead(models.Model):
    """Leads as they are now, in tables. All of it goes by ids and knows no access rights: who calls
    has asked for leads that its reader may see, and has flushed what this transaction changed."""

    _inherit = "crm.lead"

    @api.model
    def _score_table(self, lead_ids, features):
        """Leads as they are now, in the order of their ids; those that are gone are left out.

        One query, made for few leads; many come by `_score_tables`.

        :param lead_ids: ids
        :param tuple features: of Feature; what there is no more is unknown
        :return: Table
        """
        leads, arrived, columns, told = self._score_read(lead_ids, tuple(features))
        kinds = self._score_kinds()
        covered = self._score_covered(told, arrived, kinds)
        moments = moments_now(covered, np.datetime64(fields.Datetime.now(), "s").astype(np.float64))
        if "stage_id" in columns:
            columns["stage_id"] = np.where(covered, columns["stage_id"], MISSING)
        return self._score_whole_table(features, leads, columns, moments, arrived, told, kinds)

    @api.model
    def _score_tables(self, leads, features, chunk=CHUNK):
        """The same for any number of leads, in flat memory.

        :param leads: ids, or SQL that selects a column `id`
        :param int chunk: how many leads at a time
        :return: iterator of Table
        """
        if isinstance(leads, SQL):
            query = SQL("SELECT string_agg(int8send(id), '') FROM (%s) asked", leads)
            leads = gather_columns.whole(self.env.execute_query(query)[0][0])
        leads = np.unique(np.asarray(leads, np.int64))
        for start in range(0, len(leads), chunk):
            table = self._score_table(leads[start : start + chunk], features)
            if len(table):
                yield table

    @api.model
    def _score_whole_table(self, features, leads, columns, moments, arrived, told, kinds):
        """Add to what is told for rows already what the log and the clock say, and what is unknown.

        :param columns: of the fields, a value a row
        :param leads, arrived: a value a lead
        """
        names = {feature.name for feature in features}
        if any(name.startswith("count.") or name in TOLD for name in names):
            columns |= self._score_event_columns(names, moments, arrived, told, kinds)
        came = arrived[moments.lead]
        columns |= {"arrival.hour": gather_columns.hour(came), "arrival.weekday": gather_columns.weekday(came)}
        for feature in features:
            if feature.name not in columns:
                columns[feature.name] = gather_columns.unknown(feature.kind, len(moments))
        columns = {feature.name: columns[feature.name] for feature in features}
        return Table(tuple(features), columns, leads[moments.lead])

    @api.model
    def _score_read(self, lead_ids, features, extra=()):
        """What the leads' fields and the log hold, in one query.

        :param features, extra: tuples of Feature; of the extra ones too a column comes back
        :return: ids int64[m] ascending, float64[m] when they came, dict name -> column, Told
        """
        code, params, found, pairs = self._score_query(features, extra)
        if len(lead_ids) > MANY:
            # to compile so many columns takes the database longer than to read them
            self.env.cr.execute(SQL("SET LOCAL jit TO off"))
        ids = f"{{{','.join(map(str, lead_ids))}}}"
        ((lead, arrived, *packed),) = self.env.execute_query(
            SQL(code, *(ids if param == IDS else param for param in params))
        )
        leads, packed, columns = gather_columns.whole(lead), iter(packed), {}
        arrived = gather_columns.real(arrived)
        for name, kind in found:
            columns[name] = READERS[kind](*(next(packed) for _part in range(2 if kind == TAGS else 1)))
            if name.endswith(".days"):
                columns[name] = (gather_columns.epoch_of_digits(columns[name]) - arrived) / DAY
        for name in pairs:
            columns[name] = gather_columns.tags_of_pairs(leads, next(packed), next(packed))
        return leads, arrived, columns, Told.unpacked(leads, *packed)

    @api.model
    @ormcache("features", "extra")
    def _score_query(self, features, extra):
        """The query of `_score_read`: its text, its parameters, name and kind of each feature of which
        it reads a value a lead, and names of those of which it reads pairs. Kept, because putting it
        together takes longer than answering it for one lead."""
        found, values, pairs = [(ARRIVED.name, ARRIVED.kind)], [SQL("date_part('epoch', lead.create_date)")], {}
        for feature in (*features, *extra):
            value, asked = self._score_sql(feature), self._score_sql_of_pairs(feature, IDS)
            if value:
                found.append((feature.name, feature.kind))
                values.append(self._score_sql_unpacked(feature.kind, value))
            elif asked:
                pairs[feature.name] = asked
        parts = [self._score_sql_of_values([kind for _name, kind in found], values)]
        parts += [*pairs.values(), self._score_sql_of_events(IDS, self._score_kinds())]
        parts = [SQL("(%s) %s", part, SQL.identifier(f"part{place}")) for place, part in enumerate(parts)]
        query = SQL("SELECT * FROM %s", SQL(", ").join(parts))
        return query.code, tuple(query.params), tuple(found[1:]), tuple(pairs)

    @api.model
    def _score_sql_of_values(self, kinds, values):
        """One row: ids and values of leads, packed.

        :param kinds: of the values; values: list of SQL over `lead`
        """
        names = [SQL.identifier(f"c{place}") for place in range(len(values))]
        return SQL(
            "SELECT string_agg(int8send(id), ''), %s FROM"
            " (SELECT lead.id, %s FROM crm_lead lead WHERE lead.id = ANY(%s::int[]) ORDER BY lead.id) lead",
            SQL(", ").join(self._score_sql_packed(kind, name) for kind, name in zip(kinds, names, strict=True)),
            SQL(", ").join(SQL("%s AS %s", value, name) for value, name in zip(values, names, strict=True)),
            IDS,
        )

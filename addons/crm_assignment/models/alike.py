"""Many rows that are alike: the first is written by the ORM with all that addons make of it, the others are copied."""

from odoo.tools import SQL


def copies(record, own, relations=()):
    """Rows like a record's but for some columns, by one statement.

    The ORM has to be told what hangs on them, and nothing may be cached that they belong to.

    :param record: one record
    :param dict own: name of a column -> its values, one for each new row
    :param relations: names of many2many fields that are to be the same as well
    :return: list of ids, in the order of the values
    """
    if not all(own.values()):
        return []
    record.flush_recordset()
    kept = [
        field.name
        for field in record._fields.values()
        if field.store and field.column_type and field.name not in ("id", *own)
    ]
    ids = record.env.execute_query(
        SQL(
            "INSERT INTO %(table)s (%(own)s, %(kept)s) SELECT %(values)s, %(copied)s"
            "  FROM %(table)s AS known, unnest(%(arrays)s) WITH ORDINALITY AS new(%(own)s, n)"
            " WHERE known.id = %(id)s ORDER BY new.n RETURNING id",
            table=SQL.identifier(record._table),
            own=SQL(", ").join(map(SQL.identifier, own)),
            kept=SQL(", ").join(map(SQL.identifier, kept)),
            values=SQL(", ").join(SQL.identifier("new", name) for name in own),
            copied=SQL(", ").join(SQL.identifier("known", name) for name in kept),
            arrays=SQL(", ").join(
                SQL("%s::%s[]", list(values), SQL(record._fields[name].column_type[0])) for name, values in own.items()
            ),
            id=record.id,
        )
    )
    ids = [row[0] for row in ids]
    for name in relations:
        _copy_relation(record, record._fields[name], ids)
    return ids


def _copy_relation(record, field, ids):
    record.env.cr.execute(
        SQL(
            "INSERT INTO %(table)s (%(here)s, %(there)s) SELECT new.id, known.%(there)s FROM %(table)s AS known,"
            " unnest(%(ids)s) AS new(id) WHERE known.%(here)s = %(id)s",
            table=SQL.identifier(field.relation),
            here=SQL.identifier(field.column1),
            there=SQL.identifier(field.column2),
            ids=ids,
            id=record.id,
        )
    )

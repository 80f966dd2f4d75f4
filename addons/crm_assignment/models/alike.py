"""Many rows at once. Where they are alike, the ORM writes the first, with all that addons make of it."""

from odoo.tools import SQL


def copies(record, own, relations=()):
    """Rows like a record's but for some columns, by one statement. What depends on them is for the caller to tell.

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
            own=_names(own),
            kept=_names(kept),
            values=_names(own, "new"),
            copied=_names(kept, "known"),
            arrays=_arrays(record, own),
            id=record.id,
        )
    )
    ids = [row[0] for row in ids]
    for name in relations:
        _copy_relation(record, record._fields[name], ids)
    _forget_lists(record, own)
    return ids


def rows(model, vals_list):
    """Rows of a model whose `create` makes nothing of them but rows, by one statement."""
    if not vals_list:
        return
    names = sorted({name for vals in vals_list for name in vals})
    columns = {name: [] for name in names}
    for vals in vals_list:
        for name in names:
            column = model._fields[name].convert_to_column_insert(vals[name], model, vals) if name in vals else None
            columns[name].append(column)
    model.env.cr.execute(
        SQL(
            "INSERT INTO %(table)s (%(names)s, create_uid, write_uid, create_date, write_date)"
            " SELECT %(values)s, %(user)s, %(user)s, %(now)s, %(now)s"
            "   FROM unnest(%(arrays)s) WITH ORDINALITY AS new(%(names)s, n) ORDER BY new.n",
            table=SQL.identifier(model._table),
            names=_names(names),
            values=_names(names, "new"),
            arrays=_arrays(model, columns),
            user=model.env.uid,
            now=model.env.cr.now(),
        )
    )
    _forget_lists(model, names)


def _names(names, table=None):
    return SQL(", ").join(SQL.identifier(table, name) if table else SQL.identifier(name) for name in names)


def _arrays(model, columns):
    return SQL(", ").join(
        SQL("%s::%s[]", list(values), SQL(model._fields[name].column_type[0])) for name, values in columns.items()
    )


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


def _forget_lists(model, names):
    """Lists that the new rows belong to are read anew."""
    for name in names:
        for inverse in model.pool.field_inverses[model._fields[name]]:
            model.env[inverse.model_name].invalidate_model([inverse.name], flush=False)

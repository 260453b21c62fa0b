"""Hot writes: one INSERT and one UPDATE for each model, composed once.

`Model.save` does more, but nothing that is needed here: there are no signal receivers, no `auto_now` fields,
and every caller knows whether the row is new.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, Field, Model


def insert(row: Model) -> None:
    """Insert a new row. A key that the database generates is not read back."""
    _write(row, *_insertion(type(row)))
    row._state.adding = False


def update(row: Model) -> None:
    """Update every column of an existing row, which is locked."""
    _write(row, *_change(type(row)))


def _write(row: Model, sql: str, fields: list[Field[Any, Any]]) -> None:
    database = connections[DEFAULT_DB_ALIAS]  # `connection` would look it up at every access
    values = [field.get_db_prep_save(getattr(row, field.attname), database) for field in fields]
    with database.cursor() as cursor:
        cursor.execute(sql, values)


@cache
def _insertion(model: type[Model]) -> tuple[str, list[Field[Any, Any]]]:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    columns = ", ".join(_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {_name(model._meta.db_table)} ({columns}) VALUES ({places})", fields  # noqa: S608, our names


@cache
def _change(model: type[Model]) -> tuple[str, list[Field[Any, Any]]]:
    key = model._meta.pk
    fields = [field for field in model._meta.concrete_fields if field is not key]
    columns = ", ".join(f"{_name(field.column)} = %s" for field in fields)
    where = f"WHERE {_name(key.column)} = %s"
    return f"UPDATE {_name(model._meta.db_table)} SET {columns} {where}", [*fields, key]  # noqa: S608, our names


def _name(name: Any) -> str:
    return connection.ops.quote_name(name)

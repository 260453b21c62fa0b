"""Hot writes: a row is written with a statement that is put together once for its model.

What `Model.save` does beside that, nobody here needs: no signal is listened to, and each caller knows whether
the row is new.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, Field, Model


def insert(row: Model) -> None:
    """Write a new row. Its key is its own; one that the database draws is not brought back."""
    _write(row, *_insertion(type(row)))
    row._state.adding = False


def update(row: Model) -> None:
    """Write every column of a row that is there, and locked."""
    _write(row, *_change(type(row)))


def _write(row: Model, sql: str, fields: list[Field[Any, Any]]) -> None:
    database = connections[DEFAULT_DB_ALIAS]  # what `connection` would look up for every question to it
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

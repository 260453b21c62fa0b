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
    sql, fields = _insertion(type(row))
    _execute(sql, _values(row, fields, new=True))
    row._state.adding = False


def update(row: Model) -> None:
    """Write every column of a row that is there, and locked."""
    sql, fields = _change(type(row))
    _execute(sql, [*_values(row, fields, new=False), *_values(row, [_key(row)], new=False)])


@cache
def _insertion(model: type[Model]) -> tuple[str, list[Field[Any, Any]]]:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    columns = ", ".join(_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {_name(model._meta.db_table)} ({columns}) VALUES ({places})", fields  # noqa: S608, our names


@cache
def _change(model: type[Model]) -> tuple[str, list[Field[Any, Any]]]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f"{_name(field.column)} = %s" for field in fields)
    where = f"WHERE {_name(_key(model).column)} = %s"
    return f"UPDATE {_name(model._meta.db_table)} SET {columns} {where}", fields  # noqa: S608, our names


def _key(model: type[Model] | Model) -> Field[Any, Any]:
    key: Field[Any, Any] = model._meta.pk
    return key


def _name(name: Any) -> str:
    return connection.ops.quote_name(name)


def _values(row: Model, fields: list[Field[Any, Any]], *, new: bool) -> list[Any]:
    database = connections[DEFAULT_DB_ALIAS]  # what `connection` would look up for every question to it
    return [field.get_db_prep_save(field.pre_save(row, new), database) for field in fields]


def _execute(sql: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)

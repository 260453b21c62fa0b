"""Hot reads: the SQL of a queryset, compiled once and run with different values.

Django compiles every queryset anew, which takes longer than PostgreSQL takes to answer. Models and columns
are still named in one place only: the queryset.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, DateField, DateTimeField, Field, Model, QuerySet, UUIDField
from django.db.models.expressions import Expression
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)

FIELDS: dict[type, Field[Any, Any]] = {
    UUID: UUIDField(),
    str: CharField(),
    date: DateField(),
    datetime: DateTimeField(),
}


def fetch(connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> Any:
    """The rows of a statement, without Django's wrapper around the cursor unless it has something to do."""
    if connection.queries_logged or connection.execute_wrappers or connection.needs_rollback:
        with connection.cursor() as wrapped:
            wrapped.execute(sql, values)
            return wrapped.fetchall()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = connection.create_cursor()
        cursor.execute(sql, values)
        return cursor.fetchall()


class Parameter(Expression):
    """A placeholder for a value that is given when the statement runs."""

    def __init__(self, name: str, type_: type) -> None:
        super().__init__(output_field=FIELDS[type_])
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Django's hook: the placeholder, with itself among the values of the statement."""
        return "%s", [self]


class Part(Generic[M]):
    """The columns of a row for one model's instance, and the parts for its related instances."""

    def __init__(self, info: dict[str, Any], columns: Sequence[str]) -> None:
        """`info` is Django's `klass_info` of the model; `columns` are the attribute names of all columns."""
        places = info["select_fields"]
        self.model: type[M] = info["model"]
        self.place = slice(places[0], places[-1] + 1)
        self.names = columns[self.place]
        self.key = columns.index(self.model._meta.pk.attname, self.place.start)
        related = info.get("related_klass_infos", [])
        self.related: list[tuple[Part[Any], Any, Any]] = [
            (Part(each, columns), each["local_setter"], each["remote_setter"]) for each in related
        ]

    def build(self, row: Sequence[Any]) -> M | None:
        """The instance with its related instances; None if an outer join found no row."""
        if row[self.key] is None:
            return None
        instance = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.place])
        for part, link, link_back in self.related:
            other = part.build(row)
            link(instance, other)
            if other is not None:
                link_back(other, instance)
        return instance


class CompiledQuery(Generic[M]):
    """Decorates a function that returns a queryset: a `values_list`, or a model with `select_related`.

    The function is called once; its arguments, annotated with types of FIELDS, become the parameters of the
    statement.
    """

    def __init__(self, build: Callable[..., QuerySet[M, Any]]) -> None:
        self._build = build

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows that the statement selects with these values of its parameters."""
        compiler, sql, parts, _ = self._statement
        connection = connections[DEFAULT_DB_ALIAS]
        if compiler.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError(
                "select_for_update needs a transaction: the lock lasts until its end."
            )
        bound = [
            part.output_field.get_db_prep_value(values[part.name], connection)
            if isinstance(part, Parameter)
            else part
            for part in parts
        ]
        return self._run(connection, sql, bound)

    def value(self, **values: Any) -> Any:
        """The first column of the first row; None if there is none."""
        rows = self.rows(**values)
        return rows[0][0] if rows else None

    def exists(self, **values: Any) -> bool:
        """Whether there is a row."""
        return bool(self.rows(**values))

    def all(self, **values: Any) -> list[M]:
        """The rows as instances, with their related instances."""
        return self._instances(self.rows(**values))

    def first(self, **values: Any) -> M | None:
        """The first row as an instance; None if there is none."""
        rows = self.rows(**values)
        return self._part.build(rows[0]) if rows else None

    def returned_by(self, statement: str, values: Sequence[Any]) -> list[M]:
        """The instances that another statement returns. Its `{columns}` are replaced by this query's."""
        sql = statement.format(columns=self._columns)
        return self._instances(self._run(connections[DEFAULT_DB_ALIAS], sql, values))

    def _instances(self, rows: list[tuple[Any, ...]]) -> list[M]:
        return [instance for row in rows if (instance := self._part.build(row))]

    def _run(self, connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        compiler, _, _, converters = self._statement
        rows = fetch(connection, sql, values)
        return [tuple(row) for row in compiler.apply_converters(rows, converters)] if converters else rows

    @cached_property
    def _statement(self) -> tuple[Any, str, Any, Any]:
        arguments = inspect.signature(self._build, eval_str=True).parameters.values()
        queryset = self._build(*(Parameter(each.name, each.annotation) for each in arguments))
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parts = compiler.as_sql()
        return compiler, sql, parts, compiler.get_converters([column for column, *_ in compiler.select])

    @cached_property
    def _part(self) -> Part[M]:
        compiler = self._statement[0]
        return Part(compiler.klass_info, [column.target.attname for column, *_ in compiler.select])

    @cached_property
    def _columns(self) -> str:
        quote: Any = connections[DEFAULT_DB_ALIAS].ops.quote_name
        return ", ".join(quote(field.column) for field in self._part.model._meta.concrete_fields)

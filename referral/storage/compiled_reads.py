"""Hot reads: a queryset's statement, compiled once and run with other values each time.

Django builds a statement anew for every queryset, which takes longer than PostgreSQL takes to answer it.
Models and their columns are still named in one place only: the queryset.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, DateField, Field, Model, QuerySet, UUIDField
from django.db.models.expressions import Expression
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)

FIELDS: dict[type, Field[Any, Any]] = {UUID: UUIDField(), str: CharField(), date: DateField()}


class Parameter(Expression):
    """A place in a statement for a value that is given when it runs."""

    def __init__(self, name: str, type_: type) -> None:
        super().__init__(output_field=FIELDS[type_])
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Django's hook: the place's text, and itself among the statement's values."""
        return "%s", [self]

    def bind(self, values: dict[str, Any], connection: BaseDatabaseWrapper) -> Any:
        """The value that the database driver is handed."""
        return self.output_field.get_db_prep_value(values[self.name], connection)


class CompiledQuery(Generic[M]):
    """Decorates a function that returns a queryset, of `values_list` or of a model with its `select_related`.

    The function is called once; its arguments, annotated as UUID or str, become the statement's parameters.
    """

    def __init__(self, build: Callable[..., QuerySet[M, Any]]) -> None:
        self._build = build

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """What the statement selects with these values of its parameters, row by row."""
        compiler, sql, parts, _ = self._statement
        connection = connections[DEFAULT_DB_ALIAS]
        if compiler.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("A lock lasts as long as its transaction, and there is none.")
        bound = [part.bind(values, connection) if isinstance(part, Parameter) else part for part in parts]
        return self._run(connection, sql, bound)

    def all(self, **values: Any) -> list[M]:
        """The rows as instances, with the instances that they are related to."""
        model, own, related = self._instances
        found = []
        for row in self.rows(**values):
            instance = model.from_db(DEFAULT_DB_ALIAS, own, row[: len(own)])
            for each in related:
                each.populate(row, instance)
            found.append(instance)
        return found

    def first(self, **values: Any) -> M | None:
        """The first row as an instance; None if there is none."""
        return next(iter(self.all(**values)), None)

    def returned_by(self, statement: str, values: Sequence[Any]) -> list[M]:
        """The instances that another statement returns, in whose text `{columns}` stands for this one's."""
        model, own, _ = self._instances
        rows = self._run(connections[DEFAULT_DB_ALIAS], statement.format(columns=self._columns), values)
        return [model.from_db(DEFAULT_DB_ALIAS, own, row) for row in rows]

    def _run(self, connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        compiler, _, _, converters = self._statement
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return [tuple(row) for row in compiler.apply_converters(rows, converters)] if converters else rows

    @cached_property
    def _columns(self) -> str:
        compiler = self._statement[0]
        names = (column.target.column for column, *_ in compiler.select)
        return ", ".join(map(compiler.quote_name_unless_alias, names))

    @cached_property
    def _statement(self) -> tuple[Any, str, Any, Any]:
        arguments = inspect.signature(self._build, eval_str=True).parameters.values()
        queryset = self._build(*(Parameter(each.name, each.annotation) for each in arguments))
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parts = compiler.as_sql()
        return compiler, sql, parts, compiler.get_converters([column for column, *_ in compiler.select])

    @cached_property
    def _instances(self) -> tuple[type[M], list[str], Any]:
        compiler = self._statement[0]
        info = compiler.klass_info
        own = [compiler.select[place][0].target.attname for place in info["select_fields"]]
        related = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
        return info["model"], own, related

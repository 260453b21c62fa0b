"""Hot reads: a queryset's statement, compiled once and run with other values each time.

Django builds a statement anew for every queryset, which takes longer than PostgreSQL takes to answer it.
Models and their columns are still named in one place only: the queryset.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, Model, QuerySet
from django.db.models.expressions import Expression
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)


class Parameter(Expression):
    """A place in a statement for a value that is given when it runs; of a field's type."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Django's hook: the place's text, and itself among the statement's values."""
        return "%s", [self]

    def bind(self, values: dict[str, Any]) -> Any:
        """The value that the database driver is handed."""
        return self.output_field.get_db_prep_value(values[self.name], connection)


class CompiledQuery(Generic[M]):
    """A queryset of a model, with its `select_related`, or of `values_list`."""

    def __init__(self, queryset: QuerySet[M, Any]) -> None:
        self._compiler = compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._values = compiler.as_sql()
        self._columns = [column for column, *_ in compiler.select]
        self._converters = compiler.get_converters(self._columns)
        if info := compiler.klass_info:
            self._model = info["model"]
            self._own = [column.target.attname for column in self._columns[: len(info["select_fields"])]]
            self._related = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """What the statement selects with these values of its parameters, row by row."""
        bound = [part.bind(values) if isinstance(part, Parameter) else part for part in self._values]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, bound)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        if not self._converters:
            return rows
        return [tuple(row) for row in self._compiler.apply_converters(rows, self._converters)]

    def first(self, **values: Any) -> M | None:
        """The first row as an instance, with the instances that it is related to; None if there is none."""
        for row in self.rows(**values):
            found: M = self._model.from_db(DEFAULT_DB_ALIAS, self._own, row[: len(self._own)])
            for related in self._related:
                related.populate(row, found)
            return found
        return None

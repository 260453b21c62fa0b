from datetime import datetime
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class InstantsField(models.JSONField):
    """A short list of aware datetimes, stored as JSON texts in ISO 8601, exact to the microsecond."""

    def from_db_value(
        self, value: Any, expression: models.expressions.Expression, connection: BaseDatabaseWrapper
    ) -> list[datetime]:
        texts = super().from_db_value(value, expression, connection)
        return [datetime.fromisoformat(text) for text in texts]

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        texts = [instant.isoformat() for instant in value]
        return super().get_db_prep_value(texts, connection, prepared)

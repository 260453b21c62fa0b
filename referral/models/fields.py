from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext

from referral.refusals import InvalidPhone
from referral.text import phone_numbers


class PhoneField(models.CharField):  # type: ignore[type-arg]  # generic in the stubs only
    """A phone number in E.164. Forms and commands may pass any spelling."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        try:
            number = phone_numbers.parse(value) if value else value
        except InvalidPhone:
            raise ValidationError(gettext("This is not a mobile phone number.")) from None
        return super().clean(number, model_instance)


class InstantsField(models.JSONField):
    """A short list of aware datetimes, stored as ISO 8601 strings in JSON, exact to the microsecond."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"encoder": DjangoJSONEncoder})

    def from_db_value(
        self, value: Any, expression: models.expressions.Expression, connection: BaseDatabaseWrapper
    ) -> list[datetime]:
        return list(map(datetime.fromisoformat, super().from_db_value(value, expression, connection)))

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        return super().get_db_prep_value(list(map(datetime.isoformat, value)), connection, prepared)

    def to_python(self, value: Any) -> list[datetime]:
        return list(map(datetime.fromisoformat, value))

    def value_to_string(self, obj: models.Model) -> Any:
        return list(map(datetime.isoformat, self.value_from_object(obj)))

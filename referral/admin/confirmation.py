"""A confirmation page for actions that cannot be undone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.admin import helpers
from django.forms import Form
from django.http import HttpResponse  # noqa: TID251, the admin answers requests
from django.template.response import TemplateResponse


def ask(
    modeladmin: Any, request: Any, title: str, chosen: Sequence[tuple[UUID, str]], form: Form
) -> HttpResponse:
    """A page that lists the chosen objects and posts back to the action with `confirmed` and the form."""
    context = modeladmin.admin_site.each_context(request) | {
        "title": title,
        "form": form,
        "chosen": chosen,
        "action": request.POST["action"],
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
        "opts": modeladmin.opts,
        "media": modeladmin.media,
    }
    return TemplateResponse(request, "admin/referral/confirmation.html", context)

"""A list of many rows, with bounds on what it shows, counts and accepts."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, ActionForm
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import DataError
from django.shortcuts import redirect
from django.utils.functional import cached_property

MOST_COUNTED = 5000


class BoundedPaginator(Paginator):  # type: ignore[type-arg]  # generic in the stubs only
    """Counts no further than MOST_COUNTED, because PostgreSQL reads every row that it counts."""

    @cached_property
    def count(self) -> int:
        """How many rows there are; MOST_COUNTED if there are more."""
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST_COUNTED].count())


class PageActionForm(ActionForm):
    """Applies an action to the rows ticked on one page, never to all rows that match."""

    def clean_select_across(self) -> bool:
        return False


class SafeListAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """A list that accepts only the filters it offers, so hidden columns cannot be probed."""

    lookups: tuple[str, ...] = ()
    list_per_page = 50
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # they count every row, for every filter
    action_form = PageActionForm

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        return lookup in self.lookups

    def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
        """Drop all filters if a value does not fit its column."""
        try:
            return super().changelist_view(request, extra_context)
        except (ValueError, OverflowError, DataError):
            if request.method != "GET" or not request.GET:
                raise  # not caused by a filter
            return redirect(request.path)

    def response_action(self, request: Any, queryset: Any, *more: Any, **options: Any) -> Any:
        """Do nothing if an id cannot belong to any row."""
        key = self.opts.pk
        try:
            for id_ in request.POST.getlist(ACTION_CHECKBOX_NAME):
                key.run_validators(key.to_python(id_))
        except ValidationError:
            return redirect(request.get_full_path())
        return super().response_action(request, queryset, *more, **options)

"""Every address of the service, but for those of core/health.py."""

from django.contrib import admin
from django.urls import path, re_path
from django.views.generic import RedirectView

from schema.reference import reference
from schema.view import graphql_view

# Without a page for people, GraphiQL is what a visitor can use.
to_graphiql = RedirectView.as_view(url="/graphql")

urlpatterns = [
    path("", to_graphiql),
    path("i/<str:invite_code>", to_graphiql),
    re_path(r"^graphql/?$", graphql_view, name="graphql"),
    path("docs/", reference, name="reference"),
    path("admin/", admin.site.urls),
]

handler400 = "core.error_pages.bad_request"
handler404 = "core.error_pages.not_found"
handler500 = "core.error_pages.server_error"

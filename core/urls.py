"""Every address of the service."""

from django.contrib import admin
from django.urls import path, re_path
from django.views.generic import RedirectView

from core import health
from schema.view import graphql_view

# Without a page for people, GraphiQL is what a visitor can use.
to_graphiql = RedirectView.as_view(url="/graphql")

urlpatterns = [
    path("", to_graphiql),
    path("i/<str:invite_code>", to_graphiql),
    re_path(r"^graphql/?$", graphql_view, name="graphql"),
    path("admin/", admin.site.urls),
    path("healthz", health.alive),
    path("readyz", health.ready),
]

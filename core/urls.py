"""Every URL except the probes, which core/middleware/probes.py answers."""

from django.contrib import admin
from django.urls import include, path, re_path

from schema.endpoint import graphql
from schema.reference import reference

urlpatterns = [
    re_path(r"^graphql/?$", graphql, name="graphql"),
    path("", include("web.urls")),
    path("docs/", reference, name="reference"),
    path("admin/", admin.site.urls),
]

handler400 = "core.error_pages.bad_request"
handler404 = "core.error_pages.not_found"
handler500 = "core.error_pages.server_error"

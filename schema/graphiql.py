"""GraphiQL, served from our own static files if `make assets` installed them, otherwise from a CDN."""

import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NEEDS = "graphiql/graphiql.js"
CDN = "https://unpkg.com"
ASSETS = Path(__file__).parent / "assets"
FILES: list[dict[str, str]] = json.loads((ASSETS / "files.json").read_text(encoding="utf-8"))
VERSIONS: dict[str, str] = json.loads((ASSETS / "package.json").read_text(encoding="utf-8"))["dependencies"]


def is_here() -> bool:
    """Whether GraphiQL's files are installed; in production, whether they are collected."""
    return finders.find(NEEDS) is not None if settings.DEBUG else staticfiles_storage.exists(NEEDS)


def page(request: HttpRequest) -> HttpResponse:
    """Our own page. Its policy allows no inline code, and no other host except the CDN if it is needed."""
    host = "" if is_here() else CDN
    files = [_from_cdn(file) if host else _from_here(file) for file in FILES]
    response = render(
        request, "graphql/graphiql.html", {"brand": settings.BRAND_NAME, "cdn": host, "files": files}
    )
    response["Content-Security-Policy"] = _policy(host)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _from_here(file: dict[str, str]) -> dict[str, str]:
    return {"url": staticfiles_storage.url(f"graphiql/{file['name']}")}


def _from_cdn(file: dict[str, str]) -> dict[str, str]:
    package = file["package"]
    url = f"{CDN}/{package}@{VERSIONS[package]}/{file['path']}"
    return {"url": url, "integrity": file["integrity"]}


def _policy(host: str) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' {host}".rstrip(),
            f"style-src 'self' {host}".rstrip(),
            "font-src 'self' data:",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ]
    )

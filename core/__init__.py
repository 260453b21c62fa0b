"""Wiring only: settings, URLs, server, health. No rule and no GraphQL type lives here."""

__version__ = "0.2.0"  # what pyproject.toml, /readyz and `make release` say too

"""Wiring only: settings, URLs, server, health. No business rules and no GraphQL types."""

__version__ = "0.2.0"  # what pyproject.toml, /readyz and `make release` say too

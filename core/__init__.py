"""Wiring only: settings, URLs, server, health. No rule and no GraphQL type lives here."""

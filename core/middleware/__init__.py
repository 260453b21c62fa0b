"""Middleware, outermost first: probes, request log, client, admin."""

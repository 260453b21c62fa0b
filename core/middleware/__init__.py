"""Middleware, outermost first: security headers, probes, request log, client, admin."""

"""Telemetry for the operator: fields of log lines, and metrics."""

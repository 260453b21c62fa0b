"""What the service tells its operator: the fields of log lines, and metrics."""

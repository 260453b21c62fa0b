"""What happens around every request, outermost first: probes, log line, client, admin."""

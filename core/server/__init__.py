"""What gunicorn runs: workers that bound what a client may cost, the log's stream and the metrics' files."""

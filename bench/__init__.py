"""Benchmarks of running servers, and of the application in this process."""

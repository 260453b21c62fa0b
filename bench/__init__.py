"""Measurements: of running servers, from outside, and of the application in this process."""

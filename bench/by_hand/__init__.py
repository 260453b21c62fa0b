"""The domain again in plain SQL, for bench/limit.py."""

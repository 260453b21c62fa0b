"""What bench/limit.py does: the domain again, in bare SQL."""

"""How often something may happen: the numbers, the clocks, and the counters of clients and users."""

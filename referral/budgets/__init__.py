"""Budgets: the policy, sliding windows, and hourly counters per client, user and number."""

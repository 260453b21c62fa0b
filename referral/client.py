"""The program that sends a request."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Client:
    """`address` is its IP address. Budgets are kept under `subscriber` and `network`.

    A subscriber is an IPv4 address or an IPv6 /64, a network an IPv4 /24 or an IPv6 /48. Without them budgets
    are unlimited. All clients with an unreadable address share one of each. `user_agent` may be empty.
    """

    address: str | None = None
    subscriber: str | None = None
    network: str | None = None
    user_agent: str = ""


UNKNOWN = Client()

"""The program that sends a request."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Client:
    """`address` is its IP address, `network` the key of its budgets. Both are None if unknown.

    A client without a network has unlimited budgets. `user_agent` may be empty.
    """

    address: str | None = None
    network: str | None = None
    user_agent: str = ""


UNKNOWN = Client()

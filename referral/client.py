"""The program that sends a request, as the domain needs to know it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Client:
    """`address` is an IP address, `network` what its budgets are kept under; None where unknown.

    An unknown network has unlimited budgets. `user_agent` may be empty.
    """

    address: str | None = None
    network: str | None = None
    user_agent: str = ""


UNKNOWN = Client()

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Device:
    """Where a request comes from. `ip_address` is None when it is not known."""

    user_agent: str
    ip_address: str | None


UNKNOWN = Device(user_agent="", ip_address=None)

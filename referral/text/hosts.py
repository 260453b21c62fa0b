"""Host names."""

import idna


def ascii_host(host: str) -> str:
    """A host name as DNS and browsers have it: `xn--e1afmkfd.xn--p1ai` for `пример.рф` (UTS 46).

    Raises ValueError for a name that cannot be one.
    """
    return ".".join(
        label if label.isascii() else idna.encode(label, uts46=True).decode() for label in host.split(".")
    )

"""The addresses of the service as browsers send them: in ASCII, with the punycode of other host names."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from referral.text.hosts import ascii_host


def origin(setting: str, url: str) -> str:
    """The scheme, host and port of a URL. Raises ImproperlyConfigured if its host or port cannot be read."""
    try:
        parts = urlsplit(url)
        host = ascii_host(parts.hostname or "")
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:
        raise ImproperlyConfigured(f"{setting} is not a URL, such as https://example.com.") from None
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"


def hosts(setting: str, names: list[str]) -> list[str]:
    """Host names, or patterns of them, in ASCII. Raises ImproperlyConfigured for one that cannot be."""
    try:
        return [ascii_host(name) for name in names]
    except ValueError:
        raise ImproperlyConfigured(f"{setting} has an invalid host name.") from None

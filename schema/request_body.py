"""What a client sent to the endpoint: the encoding of its body, its JSON, and parameters that are empty."""

import codecs
import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from cross_web import HTTPException
from django.http import HttpRequest

BYTE_ORDER_MARK = "\ufeff"
ESCAPE = "\\u"  # only an escaped character can be a lone surrogate: the body is UTF-8
OPTIONAL = {"operationName", "variables", "extensions"}
UTF_8 = {"utf-8", "utf-8-sig", "ascii"}  # ASCII is a subset of UTF-8


class Compressed(HTTPException):
    """The body has a content coding, such as gzip."""

    def __init__(self) -> None:
        message = "The request body is compressed. Send it without Content-Encoding."
        super().__init__(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)


def check_encoding(request: HttpRequest) -> None:
    """Raise an HTTPException (411 or 415) for a body that is compressed, not UTF-8, or without a length."""
    codings = request.headers.get("Content-Encoding", "").lower().split(",")
    if {coding.strip() for coding in codings} - {"", "identity"}:
        raise Compressed
    if not _is_utf_8((request.content_params or {}).get("charset", "")):
        message = "The charset of the request body is not supported. Send UTF-8."
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)
    if "Transfer-Encoding" in request.headers and not request.headers.get("Content-Length"):
        # Django reads nothing. Our own server gives a chunked body a Content-Length.
        raise HTTPException(HTTPStatus.LENGTH_REQUIRED, "The request body needs a Content-Length.")


def decode(data: str | bytes) -> Any:
    """The value of a JSON text. Raises an HTTPException (400) for one that cannot be used."""
    text = (data.decode() if isinstance(data, bytes) else data).removeprefix(BYTE_ORDER_MARK)
    try:
        value = json.loads(text)
        if ESCAPE in text:
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # "\\ud800" is half of a character, which no database stores
        raise HTTPException(400, "The request body contains a lone surrogate.") from None
    except (ValueError, RecursionError):  # a number with thousands of digits raises ValueError
        raise HTTPException(400, "The request body is not valid JSON.") from None
    return value


def decode_query(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a GET, two of which are JSON."""
    decoded = {
        name: decode(value) if name in {"variables", "extensions"} and value.strip() else value
        for name, value in parameters.items()
    }
    return without_empty(decoded)


def without_empty(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters without optional ones that are null, an empty object or blank: they mean the default."""
    return {name: value for name, value in parameters.items() if not (name in OPTIONAL and _is_empty(value))}


def _is_empty(value: Any) -> bool:
    return value is None or value == {} or (isinstance(value, str) and not value.strip())


def _is_utf_8(charset: str) -> bool:
    """Whether a charset is UTF-8 under any of its names, or none."""
    name = charset.strip(" \t\"'")
    try:
        return not name or codecs.lookup(name).name in UTF_8
    except (LookupError, ValueError):
        return False

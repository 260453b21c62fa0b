"""The parameters of a GraphQL request, in its body or its query string.

GraphQL over HTTP, https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters
"""

import codecs
import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

T = TypeVar("T")

BYTE_ORDER_MARK = "\ufeff"
ESCAPE = "\\u"  # only an escaped character can be a lone surrogate: the body is UTF-8
UTF_8 = {"utf-8", "utf-8-sig", "ascii"}  # ASCII is a subset of UTF-8
NO_DOCUMENT = "The request has no document: send one as `query`."
KINDS: dict[type, str] = {str: "a string", dict: "an object"}


class BadRequest(Exception):
    """A request that is not GraphQL over HTTP."""

    code = "BAD_REQUEST"

    def __init__(
        self, message: str, status: int = HTTPStatus.BAD_REQUEST, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.headers = status, headers or {}


class NoPersistedQueries(BadRequest):
    """The request contains the hash of a document instead of the document. Apollo Client then sends it."""

    code = "PERSISTED_QUERY_NOT_SUPPORTED"

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotSupported", HTTPStatus.OK)


@dataclass(frozen=True)
class Parameters:
    document: str
    operation_name: str | None
    variables: dict[str, Any] | None


def parameters_of(request: HttpRequest) -> Parameters:
    """The parameters of a GET or a POST. Optional ones that are empty count as absent. Raises BadRequest."""
    given = _in_query_string(request) if request.method == "GET" else _in_body(request)
    document = _typed("query", given.get("query"), str)
    extensions = _optional("extensions", given.get("extensions"), dict)
    if not document:
        raise NoPersistedQueries if "persistedQuery" in (extensions or {}) else BadRequest(NO_DOCUMENT)
    return Parameters(
        document=document,
        operation_name=_optional("operationName", given.get("operationName"), str),
        variables=_optional("variables", given.get("variables"), dict),
    )


def _optional(name: str, value: Any, kind: type[T]) -> T | None:
    is_empty = value == {} or (isinstance(value, str) and not value.strip())
    return None if is_empty else _typed(name, value, kind)


def _typed(name: str, value: Any, kind: type[T]) -> T | None:
    if value is None or isinstance(value, kind):
        return value
    raise BadRequest(f"{name} must be {KINDS[kind]} or null.")


def _in_query_string(request: HttpRequest) -> dict[str, Any]:
    """The parameters of a GET, two of which are JSON."""
    return {
        name: _decode(value) if name in {"variables", "extensions"} and value.strip() else value
        for name, value in request.GET.dict().items()
    }


def _in_body(request: HttpRequest) -> dict[str, Any]:
    _check_encoding(request)
    if "application/json" not in (request.content_type or "").lower():
        raise BadRequest("The Content-Type must be application/json.")
    try:
        value = _decode(request.body.decode())
    except UnicodeDecodeError:
        raise BadRequest("The request body is not UTF-8.") from None
    except RequestDataTooBig:
        message = "The request body is too large."
        raise BadRequest(message, HTTPStatus.REQUEST_ENTITY_TOO_LARGE) from None
    if isinstance(value, list):
        raise BadRequest("Batches of operations are not supported.")
    if not isinstance(value, dict):
        raise BadRequest("The request body is not a JSON object.")
    return value


def _check_encoding(request: HttpRequest) -> None:
    """Refuse (411 or 415) a body that is compressed, not UTF-8, or without a length."""
    codings = request.META.get("HTTP_CONTENT_ENCODING", "").lower().split(",")
    if {coding.strip() for coding in codings} - {"", "identity"}:
        message = "The request body is compressed. Send it without Content-Encoding."
        raise BadRequest(message, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, {"Accept-Encoding": "identity"})
    if not _is_utf_8((request.content_params or {}).get("charset", "")):
        message = "The charset of the request body is not supported. Send UTF-8."
        raise BadRequest(message, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
        # Django reads nothing. Our own server gives a chunked body a Content-Length.
        raise BadRequest("The request body needs a Content-Length.", HTTPStatus.LENGTH_REQUIRED)


def _decode(text: str) -> Any:
    """The value of a JSON text. Raises BadRequest for one that cannot be used."""
    text = text.removeprefix(BYTE_ORDER_MARK)
    try:
        value = json.loads(text)
        if ESCAPE in text:
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # "\\ud800" is half of a character, which no database stores
        raise BadRequest("The request body contains a lone surrogate.") from None
    except (ValueError, RecursionError):  # a number with thousands of digits raises ValueError
        raise BadRequest("The request body is not valid JSON.") from None
    return value


def _is_utf_8(charset: str) -> bool:
    """Whether a charset is UTF-8 under any of its names, or none."""
    name = charset.strip(" \t\"'")
    try:
        return not name or codecs.lookup(name).name in UTF_8
    except (LookupError, ValueError):
        return False

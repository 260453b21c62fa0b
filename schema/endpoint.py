"""The GraphQL endpoint over HTTP."""

import json
import time
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from graphql import ExecutionResult, GraphQLError, OperationType

from schema import graphiql, operations
from schema.context import Context
from schema.errors import is_outage, present
from schema.outcome import tell
from schema.parameters import BadRequest, parameters_of

ENCODER = json.JSONEncoder(separators=(",", ":"))
JSON, GRAPHQL_JSON = "application/json", "application/graphql-response+json"
HTML = ("text/html", "*/*")
Answer = dict[str, Any]


def graphql(request: HttpRequest) -> HttpResponse:
    """POST runs an operation; GET runs a query or, for a browser, shows GraphiQL. Every failure is JSON.

    Raises the cause of an outage, even if other fields succeeded.
    """
    context = Context(request=request, client=request.client)  # type: ignore[attr-defined]
    try:
        if _wants_graphiql(request):
            return graphiql.page(request)
        result = _result(request, context)
    except BadRequest as refused:
        answer = {"errors": [{"message": str(refused), "extensions": {"code": refused.code}}]}
        return _respond(request, context, answer, refused.status, refused.headers)
    response = _respond(request, context, _answer(result))
    for error in filter(is_outage, result.errors or ()):
        assert error.original_error
        raise error.original_error
    return response


def _wants_graphiql(request: HttpRequest) -> bool:
    if request.method != "GET" or "query" in request.GET:
        return False
    is_browser = any(each in request.META.get("HTTP_ACCEPT", "") for each in HTML)
    if is_browser and not settings.GRAPHIQL:
        raise BadRequest("Not Found", HTTPStatus.NOT_FOUND)
    return is_browser


def _result(request: HttpRequest, context: Context) -> ExecutionResult:
    """What the request's operation returns, or the errors of its document. Raises BadRequest."""
    if request.method not in {"GET", "POST"}:
        message = "GraphQL only supports GET and POST requests."
        raise BadRequest(message, HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, POST"})
    began, parameters = time.perf_counter(), parameters_of(request)
    try:
        operation = operations.prepare(parameters.document, parameters.operation_name)
    except operations.UnknownOperation as unknown:
        raise BadRequest(str(unknown)) from None
    except GraphQLError as error:
        return ExecutionResult(None, [error])
    kind = operation.definition.operation
    if request.method == "GET" and kind != OperationType.QUERY:
        raise BadRequest(f"A {kind.value} cannot be sent by GET.")
    result = operation.execute(parameters.variables, context)
    context.executed.operation = operation
    context.executed.seconds = time.perf_counter() - began
    return result


def _answer(result: ExecutionResult) -> Answer:
    errors = {"errors": [present(error) for error in result.errors]} if result.errors else {}
    return {"data": result.data} | errors


def _respond(
    request: HttpRequest,
    context: Context,
    answer: Answer,
    status: int = HTTPStatus.OK,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """The response in the client's preferred media type; in GraphQL's own, 400 if nothing was executed.

    GraphQL over HTTP, https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types
    """
    tell(answer, context.executed)
    media_type = _media_type(request.META.get("HTTP_ACCEPT", "*/*"))
    if media_type == GRAPHQL_JSON and _was_not_executed(answer):
        answer = {"errors": answer["errors"]}
        status = HTTPStatus.BAD_REQUEST if status == HTTPStatus.OK else status
    fixed = {"Content-Type": media_type or JSON, "Cache-Control": "no-store"}
    return HttpResponse(ENCODER.encode(answer), status=status, headers=fixed | (headers or {}))


@lru_cache(maxsize=100)
def _media_type(accept: str) -> str | None:
    """Which of the two media types the client prefers; None if it accepts neither."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT"] = accept
    return request.get_preferred_type([JSON, GRAPHQL_JSON])


def _was_not_executed(answer: Answer) -> bool:
    nowhere = all("path" not in error for error in answer.get("errors", ()))
    return answer.get("data") is None and nowhere

"""The GraphQL endpoint over HTTP."""

import json
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from cross_web import HTTPException, SyncHTTPRequestAdapter
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from graphql import GraphQLError, GraphQLFormattedError
from strawberry.django.views import GraphQLView as StrawberryView
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.types import ExecutionResult

from referral import log_facts
from schema import graphiql, metrics
from schema.api import schema
from schema.context import Context
from schema.errors import is_outage, present

ENCODER = json.JSONEncoder(separators=(",", ":"))
JSON, GRAPHQL_JSON = "application/json", "application/graphql-response+json"
Body = GraphQLRequestData | list[GraphQLRequestData]


class NoPersistedQueries(Exception):
    """A hash came without its document."""


class GraphQLView(StrawberryView[Context, None]):
    """POST runs an operation, GET a query or, for a browser, GraphiQL. Every failure is JSON."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return self.run(request=request)
        except NoPersistedQueries:
            return _answer(request, _error("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED"))
        except HTTPException as problem:
            response = _answer(request, _error(problem.reason, "BAD_REQUEST"), status=problem.status_code)
            if problem.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                response["Allow"] = "GET, POST"
            return response

    def get_sub_response(self, request: HttpRequest) -> Any:
        """Strawberry's place for what resolvers say of the answer: here they say nothing but its content."""

    def get_context(self, request: HttpRequest, response: Any) -> Context:
        return Context(request=request)

    def parse_http_body(self, request: SyncHTTPRequestAdapter) -> Body:
        try:
            body = super().parse_http_body(request)
        except UnicodeDecodeError:
            raise HTTPException(400, "The body is not UTF-8.") from None
        except RequestDataTooBig:
            raise HTTPException(413, "The body is too large.") from None
        if isinstance(body, GraphQLRequestData) and _is_persisted(body):
            raise NoPersistedQueries
        return body

    def parse_json(self, data: str | bytes) -> Any:
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):  # a number of thousands of digits is a bare ValueError
            raise HTTPException(400, "This is not JSON.") from None
        if not isinstance(value, dict | list):  # Strawberry itself answers a list: no batching
            raise HTTPException(400, "This is not a JSON object.")
        return value

    def render_graphql_ide(self, request: HttpRequest) -> HttpResponse:
        return graphiql.page(request) if graphiql.is_here() else HttpResponse(self.graphql_ide_html)

    def create_response(self, response_data: Any, sub_response: Any) -> HttpResponseBase:
        return _answer(self.request, response_data)

    def process_result(self, request: HttpRequest, result: ExecutionResult) -> GraphQLHTTPResponse:
        response = super().process_result(request, result)
        for error in result.errors or ():
            if is_outage(error) and error.original_error is not None:
                raise error.original_error  # the whole answer is a 503, whatever else was asked
        if result.errors:
            response["errors"] = [_shown(error) for error in result.errors]
        return response


def _answer(request: HttpRequest, content: Any, status: int = HTTPStatus.OK) -> HttpResponse:
    """An answer as GraphQL over HTTP has it: in its own media type, what was never executed is a 400."""
    media_type = _media_type(request.headers.get("Accept", "*/*"))
    if _was_not_executed(content):
        metrics.count_not_executed(content["errors"][0]["extensions"]["code"])
        if media_type == GRAPHQL_JSON:
            content = {"errors": content["errors"]}
            status = HTTPStatus.BAD_REQUEST if status == HTTPStatus.OK else status
    return HttpResponse(ENCODER.encode(content), status=status, content_type=media_type or JSON)


@lru_cache(maxsize=100)
def _media_type(accept: str) -> str | None:
    """Which of the two media types a client would rather have, if either."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT"] = accept
    return request.get_preferred_type([JSON, GRAPHQL_JSON])


def _was_not_executed(content: Any) -> bool:
    nowhere = all("path" not in error for error in content.get("errors", ()))
    return content.get("data") is None and nowhere


def _is_persisted(body: GraphQLRequestData) -> bool:
    """Whether a client sends a document's hash in its stead, as Apollo's persisted queries begin."""
    return body.query is None and "persistedQuery" in (body.extensions or {})


def _error(message: str, code: str) -> dict[str, Any]:
    return {"errors": [{"message": message, "extensions": {"code": code}}]}


def _shown(error: GraphQLError) -> GraphQLFormattedError:
    shown = present(error)
    log_facts.note_outcome(shown["extensions"]["code"])
    return shown


# Exempt from CSRF protection, which guards cookies: this view reads none, and takes JSON only.
graphql_view = csrf_exempt(
    cache_control(no_store=True)(
        GraphQLView.as_view(schema=schema, graphql_ide="graphiql" if settings.GRAPHIQL else None)
    )
)

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
from strawberry.django.views import GraphQLView as StrawberryView
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.types import ExecutionResult

from schema import graphiql, request_body
from schema.api import schema
from schema.context import Context
from schema.errors import is_outage, present
from schema.outcome import tell

ENCODER = json.JSONEncoder(separators=(",", ":"))
JSON, GRAPHQL_JSON = "application/json", "application/graphql-response+json"
Body = GraphQLRequestData | list[GraphQLRequestData]


class NoPersistedQueries(Exception):
    """The request contains the hash of a document instead of the document."""


class GraphQLView(StrawberryView[Context, None]):
    """POST runs an operation; GET runs a query or, for a browser, shows GraphiQL. Every failure is JSON."""

    context: Context

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.context = Context(request=request, client=request.client)  # type: ignore[attr-defined]
        try:
            return self.run(request=request, context=self.context)
        except NoPersistedQueries:
            return self._fail("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED")
        except HTTPException as problem:
            response = self._fail(problem.reason, "BAD_REQUEST", problem.status_code)
            if problem.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                response["Allow"] = "GET, POST"
            if isinstance(problem, request_body.Compressed):
                response["Accept-Encoding"] = "identity"
            return response

    def get_sub_response(self, request: HttpRequest) -> Any:
        """Strawberry's hook for headers set by resolvers; there are none."""

    def parse_http_body(self, request: SyncHTTPRequestAdapter) -> Body:
        if request.method == "POST":
            request_body.check_encoding(self.request)
        try:
            body = super().parse_http_body(request)
        except UnicodeDecodeError:
            raise HTTPException(400, "The request body is not UTF-8.") from None
        except RequestDataTooBig:
            raise HTTPException(413, "The request body is too large.") from None
        if isinstance(body, GraphQLRequestData) and _is_persisted(body):
            raise NoPersistedQueries
        return body

    def parse_json(self, data: str | bytes) -> Any:
        value = request_body.decode(data)
        if isinstance(value, dict):
            return request_body.without_empty(value)
        if not isinstance(value, list):  # Strawberry rejects lists: batching is off
            raise HTTPException(400, "The request body is not a JSON object.")
        return value

    def parse_query_params(self, params: Any) -> dict[str, Any]:
        return request_body.decode_query(params)

    def render_graphql_ide(self, request: HttpRequest) -> HttpResponse:
        return graphiql.page(request)

    def process_result(self, request: HttpRequest, result: ExecutionResult) -> GraphQLHTTPResponse:
        answer = super().process_result(request, result)
        if result.errors:
            answer["errors"] = [present(error) for error in result.errors]
        tell(answer, self.context.executed)
        for error in result.errors or ():
            if is_outage(error) and error.original_error is not None:
                raise error.original_error  # the response is a 503 even if other fields succeeded
        return answer

    def create_response(self, response_data: Any, sub_response: Any) -> HttpResponse:
        return _respond(self.request, response_data)

    def _fail(self, message: str, code: str, status: int = HTTPStatus.OK) -> HttpResponse:
        answer = {"errors": [{"message": message, "extensions": {"code": code}}]}
        tell(answer, self.context.executed)
        return _respond(self.request, answer, status)


def _respond(request: HttpRequest, answer: Any, status: int = HTTPStatus.OK) -> HttpResponse:
    """The response in the client's preferred media type; in GraphQL's own, 400 if nothing was executed.

    GraphQL over HTTP, https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types
    """
    media_type = _media_type(request.headers.get("Accept", "*/*"))
    if media_type == GRAPHQL_JSON and _was_not_executed(answer):
        answer = {"errors": answer["errors"]}
        status = HTTPStatus.BAD_REQUEST if status == HTTPStatus.OK else status
    return HttpResponse(ENCODER.encode(answer), status=status, content_type=media_type or JSON)


@lru_cache(maxsize=100)
def _media_type(accept: str) -> str | None:
    """Which of the two media types the client prefers; None if it accepts neither."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT"] = accept
    return request.get_preferred_type([JSON, GRAPHQL_JSON])


def _was_not_executed(answer: Any) -> bool:
    nowhere = all("path" not in error for error in answer.get("errors", ()))
    return answer.get("data") is None and nowhere


def _is_persisted(body: GraphQLRequestData) -> bool:
    """Whether the body has a hash instead of a document, as the first request of a persisted query does."""
    return not body.query and "persistedQuery" in (body.extensions or {})


# CSRF protection guards cookies. This view reads no cookies and accepts JSON only.
graphql_view = csrf_exempt(
    cache_control(no_store=True)(
        GraphQLView.as_view(schema=schema, graphql_ide="graphiql" if settings.GRAPHIQL else None)
    )
)

"""A chunked body at the development server. A module of its own, as servers of a module share a port."""

import json
from http.client import HTTPConnection

QUERY = json.dumps({"query": "{ __typename }"}).encode()
HEADERS = {"Content-Type": "application/json"}


def test_a_chunked_body_is_refused_and_the_server_goes_on(server):
    assert ask(server, iter([QUERY])) == (411, {"code": "BAD_REQUEST"}, None)
    assert ask(server, QUERY) == (200, None, {"__typename": "Query"})
    assert "Traceback" not in server.output()


def ask(server, body):
    """The status, the first error's extensions and the data of an answer. An iterator is sent in chunks."""
    connection = HTTPConnection("localhost", server.port, timeout=60)
    connection.request("POST", "/graphql", body, HEADERS)
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()
    (error,) = answer.get("errors", [{"extensions": None}])
    return response.status, error["extensions"], answer.get("data")

"""Requests as a server makes them of a Content-Type that Django fails on."""

import json
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.exceptions import BadRequest
from django.test import RequestFactory

from core.wsgi import Request
from referral.client import UNKNOWN
from schema.endpoint import graphql

CHARSETS = ["iso-8859-1", "utf-16", "utf-7", "windows-1251", "rot13", "base64", "idna", "undefined", "a\x00b"]


def requested(environ):
    """The status and answer of the endpoint to a request as a server makes it, without a body."""
    setup_testing_defaults(environ)
    request: Any = Request(environ)
    request.client = UNKNOWN
    answer: Any = graphql(request)
    return answer.status_code, json.loads(answer.content)


ODD_TYPES = [f"application/json; charset={charset}" for charset in CHARSETS]
UNREADABLE_TYPES = ["application/json; charset*=unknown''x", "a/b; c*=unknown''%ff"]


@pytest.mark.parametrize("content_type", [*ODD_TYPES, *UNREADABLE_TYPES])
def test_a_query_string_is_utf_8_whatever_the_charset(content_type):
    query = urlencode({"query": '{ __typename @include(if: "я") }'})
    environ = {"CONTENT_TYPE": content_type, "QUERY_STRING": query, "HTTP_ACCEPT": "application/json"}
    _, answer = requested(environ)
    (error,) = answer["errors"]
    assert error["message"] == 'Boolean cannot represent a non boolean value: "я"'


@pytest.mark.parametrize("content_type", ODD_TYPES)
def test_a_server_refuses_another_charset(content_type):
    environ = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": content_type, "QUERY_STRING": "a=%D1%8F"}
    status, answer = requested(environ)
    assert (status, answer["errors"][0]["extensions"]) == (415, {"code": "BAD_REQUEST"})


@pytest.mark.parametrize("content_type", UNREADABLE_TYPES)
def test_a_content_type_that_cannot_be_read_counts_as_absent(content_type):
    with pytest.raises((ValueError, BadRequest), match=r"Invalid (?:encoding|Content-Type)"):
        RequestFactory().request(CONTENT_TYPE=content_type)
    status, answer = requested({"REQUEST_METHOD": "POST", "CONTENT_TYPE": content_type})
    assert (status, answer["errors"][0]["extensions"]) == (400, {"code": "BAD_REQUEST"})

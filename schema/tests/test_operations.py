from unittest.mock import Mock
from uuid import uuid4

from graphql import parse

from schema import operations
from schema.limits.documents import DocumentLimits
from schema.plan.planner import plan_of


def test_a_document_is_parsed_validated_and_planned_once(api, monkeypatch):
    parsed, planned = Mock(wraps=parse), Mock(wraps=plan_of)
    validated = Mock(return_value=None)
    monkeypatch.setattr("schema.operations.parse", parsed)
    monkeypatch.setattr("schema.operations.plan_of", planned)
    monkeypatch.setattr(DocumentLimits, "enter_document", validated)
    document = f"query New{uuid4().hex} {{ __typename }}"
    for _ in range(2):
        assert api.post(document) == {"data": {"__typename": "Query"}}
    assert [each.call_count for each in (parsed, validated, planned)] == [1, 1, 1]


def test_an_invalid_document_is_validated_once(api, monkeypatch):
    validated = []
    monkeypatch.setattr(DocumentLimits, "enter_document", lambda *_: validated.append(1))
    document = f"query New{uuid4().hex} {{ unknown }}"
    assert api.post(document) == api.post(document)
    assert validated == [1]


def test_the_operations_of_a_document_are_kept_apart(api):
    document = f"query A {{ a: __typename }} query B {{ b: __typename }} # {uuid4().hex}"
    first, second = (operations.prepare(document, name) for name in "AB")
    assert (first.root_fields, second.root_fields) == ({"a": "__typename"}, {"b": "__typename"})

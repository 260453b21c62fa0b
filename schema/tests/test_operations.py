from uuid import uuid4

from django.http import HttpRequest
from strawberry.django.views import GraphQLView as StrawberryView

from referral.client import UNKNOWN
from schema import operations
from schema.api import schema
from schema.context import Context
from schema.limits.documents import DocumentLimits


def test_a_document_is_parsed_and_validated_once(monkeypatch):
    parsed, validated = [], []
    monkeypatch.setattr(operations, "get_operation_ast", lambda document, name: parsed.append(document))
    monkeypatch.setattr(DocumentLimits, "enter_document", lambda rule, *_: validated.append(rule))
    document = f"query New{uuid4().hex} {{ __typename }}"
    for _ in range(2):
        assert schema.execute_sync(document, context_value=Context(HttpRequest(), UNKNOWN)).data == {
            "__typename": "Query"
        }
    assert parsed[0] is parsed[1]
    assert len(validated) == 1


def test_no_answer_is_made_beside_the_answer(api, monkeypatch):
    monkeypatch.setattr(StrawberryView, "get_sub_response", None)
    assert api.post("{ __typename }")["data"] == {"__typename": "Query"}

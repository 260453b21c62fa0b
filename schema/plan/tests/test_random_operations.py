"""Random operations of the real schema are answered as graphql-core and Strawberry answer them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpRequest
from graphql import ExecutionResult, GraphQLError, execute_sync
from hypothesis import HealthCheck, given
from hypothesis import settings as effort

from referral.client import UNKNOWN
from referral.models import Referral, Session, User
from referral.tests.factories import new_user
from schema.context import Context
from schema.operations import GRAPHQL_SCHEMA, prepare
from schema.plan.planner import plan_of
from schema.tests.random_documents import SHAPES, Shape, Writer

pytestmark = pytest.mark.django_db
SEARCH = effort(max_examples=300, deadline=None, suppress_health_check=[*HealthCheck])


@pytest.fixture
def context():
    """The context of a user with two invitees, one of whom was erased."""
    user, now = new_user(), datetime.now(UTC)
    erased = new_user()
    User.objects.filter(id=erased.id).update(phone=None, is_active=False)
    for invitee in (new_user(), erased):
        Referral.objects.create(inviter=user, invitee=invitee, code=user.invite_code, created_at=now)
    session = Session.objects.create(user=user, confirmed_at=now, created_at=now, last_used_at=now)
    context = Context(HttpRequest(), UNKNOWN)
    vars(context)["session"] = session
    return context


def seen(result: ExecutionResult) -> Any:
    return result.data, [(error.message, error.path, error.locations) for error in result.errors or ()]


def test_random_queries(context):
    planned = []

    @SEARCH
    @given(shape=SHAPES)
    def search(shape: Shape) -> None:
        body = Writer(replace(shape, operation="query", wrong=shape.wrong / 10)).body()
        try:
            operation = prepare(body["query"], None)
        except GraphQLError:
            return
        plan = not operation.errors and plan_of(GRAPHQL_SCHEMA, operation.document, operation.definition)
        if plan:
            planned.append(plan)
            result = operation.execute(body["variables"], context)
            expected = execute_sync(GRAPHQL_SCHEMA, operation.document, None, context, body["variables"])
            assert seen(result) == seen(expected)

    search()
    assert len(planned) > 20

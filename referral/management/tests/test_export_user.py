"""The export reads and prints page by page, so that its memory does not grow with the number of rows."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from referral import invites
from referral.accounts import data_export
from referral.events import Kind, record
from referral.models import SignInEvent
from referral.tests.factories import minutes, new_number, new_session, new_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    monkeypatch.setattr(data_export, "PAGE", 2)


def exported(number):
    out = io.StringIO()
    call_command("export_user", number, stdout=out)
    return json.loads(out.getvalue())


def test_every_page_is_exported_in_order_of_time(now):
    number = new_number()
    for minute in (3, 0, 0, 0, 0, 0, 1):
        record(Kind.CODE_SENT, phone=number, now=now + minutes(minute))
    in_order = SignInEvent.objects.order_by("created_at", "id").values_list("id", flat=True)
    assert [event["id"] for event in exported(number)["events"]] == list(in_order)


def test_sessions_and_invitees_are_paged_too(now):
    user, invitees = new_user(), [new_user() for _ in range(5)]
    for minute, invitee in enumerate(invitees):
        new_session(user, now + minutes(minute))
        invites.activate(user=invitee, code=user.invite_code, now=now + minutes(minute))
    held = exported(user.phone)["user"]
    assert len({session["id"] for session in held["sessions"]}) == 5
    assert [invitee["phone"] for invitee in held["invitees"]] == [invitee.phone for invitee in invitees]
    assert held["voided_referrals"] == held["groups"] == []


def test_a_row_is_read_no_earlier_than_the_page_before_is_printed(now):
    number = new_number()
    for _ in range(6):
        record(Kind.CODE_SENT, phone=number, now=now)
    held = data_export.export(number)
    with CaptureQueriesContext(connection) as captured:
        assert [next(held["events"])["phone"] for _ in range(3)] == [number] * 3
    assert len(captured) == 2


def test_an_export_that_the_database_stops_fails(monkeypatch):
    def stopped(number):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("referral.management.commands.export_user.export", stopped)
    with pytest.raises(CommandError, match="The export is incomplete: server closed"):
        exported(new_number())

"""Lists and their actions are bounded, and bad input is no error."""

from datetime import timedelta

import pytest
from django.utils import timezone

from referral.admin.tests.staff import act, changelist
from referral.models import Session, User
from referral.tests.factories import new_number, new_session, new_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def superuser(client):
    client.force_login(User.objects.create_superuser(new_number(), "a long password of theirs"))


def test_a_list_counts_no_further_than_its_bound(client, monkeypatch):
    monkeypatch.setattr("referral.admin.safe_list.MOST_COUNTED", 60)
    user, now = new_user(), timezone.now()
    for number in range(70):
        new_session(user, now + timedelta(seconds=number))
    page = client.get(changelist("session"), {"p": "2"}).context["cl"]
    assert (page.result_count, len(page.result_list)) == (60, 10)
    assert client.get(changelist("session"), {"p": "3"}).status_code == 302


def test_an_action_reaches_only_the_rows_of_its_page(client):
    sessions = [new_session(now=timezone.now()) for _ in range(2)]
    page = act(client, "session", "end", sessions[0].id, select_across="1").content
    assert b'class="action-counter"' in page
    assert b"select the objects across all pages" not in page
    assert set(Session.objects.filter(ended_at=None)) == {sessions[1]}


@pytest.mark.parametrize("id_", ["x", "", "\0", "9" * 30])
@pytest.mark.parametrize(
    ("model", "action"),
    [("user", "erase"), ("session", "end"), ("referral", "void"), ("signinevent", "unlock")],
)
def test_an_action_on_an_invalid_id_does_nothing(client, model, action, id_):
    new_session()
    answer = act(client, model, action, id_)
    assert answer.redirect_chain == [(changelist(model), 302)]

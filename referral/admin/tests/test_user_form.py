"""The form of a user: access, rank and password."""

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from referral import accounts, sessions
from referral.admin.tests.staff import change
from referral.models import SignInEvent, User
from referral.tests.factories import new_number, new_session, new_user

pytestmark = pytest.mark.django_db
PASSWORD, ANOTHER = "a long password of theirs", "another long password"
ACCESS = {"is_active": "on", "is_staff": "on", "is_superuser": "on"}


@pytest.fixture
def superuser(client):
    user = User.objects.create_superuser(new_number(), PASSWORD)
    client.force_login(user)
    return user


@pytest.fixture
def colleague():
    """A member of staff, and a browser in which they are signed in to the admin."""
    user = User.objects.create_superuser(new_number(), PASSWORD)
    browser = Client()
    assert browser.login(username=user.phone, password=PASSWORD)
    assert browser.get("/admin/").status_code == 200
    return user, browser


def post(client, user, **form):
    assert client.post(change(user), form).status_code == 302
    user.refresh_from_db()


def test_disabling_ends_sessions_and_enabling_does_not_revive_them(client, superuser):
    now = timezone.now()
    user, other = new_user(), new_session(now=now)
    new_session(user, now)
    new_session(user, now)
    post(client, user)
    assert not user.is_active
    post(client, user, is_active="on")
    assert user.is_active
    assert not sessions.live(user.id, now).exists()
    assert SignInEvent.objects.filter(phone=user.phone, kind="session ended").count() == 2
    assert sessions.live(other.user_id, now).count() == 1


@pytest.mark.parametrize(
    "forms",
    [({"is_staff": "on", "is_superuser": "on"}, ACCESS), ({"is_active": "on"}, ACCESS)],
    ids=["disabled", "left the staff"],
)
def test_a_session_in_the_admin_ends_with_access_and_does_not_revive(client, superuser, colleague, forms):
    user, browser = colleague
    for form in forms:
        post(client, user, **form)
        assert browser.get("/admin/").status_code == 302
    assert (user.is_active, user.is_staff, user.is_superuser) == (True, True, True)
    assert not Client().login(username=user.phone, password=PASSWORD)  # a superuser gives a new one


def test_a_superuser_who_stays_on_the_staff_keeps_the_password(client, superuser, colleague):
    user, browser = colleague
    post(client, user, is_active="on", is_staff="on")
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert browser.get("/admin/").status_code == 200


@pytest.mark.parametrize("field", ["is_active", "is_staff", "is_superuser"])
def test_an_erased_user_cannot_be_given_access(client, superuser, field):
    user = new_user()
    accounts.erase(user.id)
    answer = client.post(change(user), {field: "on"})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors == {field: ["This account is erased."]}
    assert b"This account is erased." in answer.content
    user.refresh_from_db()
    assert (user.is_active, user.is_staff, user.is_superuser) == (False, False, False)


def meanwhile(monkeypatch, name, change):
    """Run `change` in the middle of a form, before `User.<name>`."""
    method = getattr(User, name)

    def late(self, *args, **options):
        change()
        return method(self, *args, **options)

    monkeypatch.setattr(User, name, late)


def test_a_form_writes_only_what_it_changes(client, superuser, monkeypatch):
    user = new_user()
    meanwhile(monkeypatch, "clean", lambda: User.objects.filter(id=user.id).update(invited_count=7))
    post(client, user, is_active="on", is_staff="on")
    assert (user.is_staff, user.invited_count) == (True, 7)


@pytest.mark.parametrize("of", ["their own", "a colleague's"])
def test_a_password_is_not_saved_for_a_user_who_was_disabled_meanwhile(
    client, superuser, colleague, monkeypatch, of
):
    user, browser = colleague
    now = timezone.now()
    meanwhile(monkeypatch, "set_password", lambda: accounts.disable(user.id, now=now))
    if of == "their own":
        form = {"old_password": PASSWORD, "new_password1": ANOTHER, "new_password2": ANOTHER}
        answer = browser.post(reverse("admin:password_change"), form)
    else:
        path = reverse("admin:auth_user_password_change", args=[user.id])
        answer = client.post(path, {"password1": ANOTHER, "password2": ANOTHER})
    assert answer.status_code == 403
    user.refresh_from_db()
    assert (user.is_active, user.has_usable_password()) == (False, False)


def test_a_sign_in_while_the_user_is_disabled_does_not_revive(client, colleague, monkeypatch):
    user, _ = colleague
    meanwhile(monkeypatch, "get_session_auth_hash", lambda: accounts.disable(user.id, now=timezone.now()))
    client.post("/admin/login/", {"username": user.phone, "password": PASSWORD})
    monkeypatch.undo()
    assert "_auth_user_id" in client.session
    assert accounts.enable(user.id)
    assert client.get("/admin/").status_code == 302


def test_passwords_are_changed_and_removed(client, superuser, colleague):
    user, browser = colleague
    form = {"old_password": PASSWORD, "new_password1": ANOTHER, "new_password2": ANOTHER}
    assert browser.post(reverse("admin:password_change"), form, follow=True).status_code == 200
    assert browser.get("/admin/").status_code == 200
    user.refresh_from_db()
    assert check_password(ANOTHER, user.password)
    path = reverse("admin:auth_user_password_change", args=[user.id])
    assert client.post(path, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    assert browser.get("/admin/").status_code == 302
    user.refresh_from_db()
    assert check_password(PASSWORD, user.password)
    assert client.post(path, {"usable_password": "false", "unset-password": "yes"}).status_code == 302
    user.refresh_from_db()
    assert not user.has_usable_password()

"""The admin, as staff uses it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from referral import invites
from referral.admin.tests.staff import changelist, staff
from referral.models import PhoneSignIn, Referral, Session, SignInEvent, User
from referral.refusals import WrongCode
from referral.tests.factories import new_number, new_session, new_user, row_of, sent_code, verify, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(client):
    user = User.objects.create_superuser(new_number(), "a long password of theirs")
    client.force_login(user)
    return user


def page_of(client, user):
    answer = client.get(reverse("admin:referral_user_change", args=[user.id]))
    assert answer.status_code == 200
    return answer.content.decode()


def found(client, model, text):
    answer = client.get(changelist(model), {"q": text})
    return set(answer.context["cl"].queryset)


def test_users_are_found_by_number_in_any_spelling_by_invite_code_or_by_a_part(client, superuser):
    user, other = new_user(), new_user()
    digits = user.phone.removeprefix("+7")
    for text in (user.phone, f"8 ({digits[:3]}) {digits[3:]}", user.invite_code, user.invite_code.lower()):
        assert found(client, "user", text) == {user}
    assert {user, other} <= found(client, "user", digits[:6])
    assert found(client, "user", "no match") == set()


def test_a_users_page_shows_inviter_invitees_and_sessions(client, superuser, now):
    inviter, user, invitee = new_user(), new_user(), new_user()
    invites.activate(user=user, code=inviter.invite_code, now=now)
    invites.activate(user=invitee, code=user.invite_code, now=now)
    session = new_session(user)
    Session.objects.filter(id=session.id).update(user_agent="<script>alert(1)</script>")
    page = page_of(client, user)
    assert user.invite_code in page
    for other in (inviter, invitee):
        assert f'/admin/referral/user/{other.id}/change/">{other.phone}</a>' in page
    assert "192.0.2.1, &lt;script&gt;" in page


def test_codes_and_counters_are_not_shown(client, superuser, now):
    number = new_number()
    code = sent_code(number, now)
    with pytest.raises(Exception, match="4"):
        verify(number, wrong(code), now)
    row = PhoneSignIn.objects.of_numbers().get()
    user = verify(number, code, now).session.user
    assert client.get("/admin/referral/phonesignin/").status_code == 404
    pages = [page_of(client, user), *(client.get(changelist(name)).content.decode() for name in MODELS)]
    session = Session.objects.get()
    pages.append(client.get(reverse("admin:referral_session_change", args=[session.id])).content.decode())
    for page in pages:
        assert not [secret for secret in (row.phone_hash, row.code_mac, row.code_salt) if secret in page]
        assert not re.search("refresh.counter|confirmed|attempts", page, re.IGNORECASE)


MODELS = ["user", "session", "referral", "referralvoid", "signinevent"]


def test_referrals_and_sessions_are_found_by_the_users_in_them(client, superuser, now):
    inviter, user = new_user(), new_user()
    invites.activate(user=user, code=inviter.invite_code, now=now)
    referral, session = user.referral_as_invitee, new_session(user)
    for text in (user.phone, user.invite_code, inviter.phone, inviter.invite_code):
        assert found(client, "referral", text) == {referral}
    assert found(client, "session", user.phone) == {session}
    assert found(client, "session", inviter.phone) == found(client, "session", "no match") == set()


@pytest.mark.parametrize("model", MODELS)
def test_rows_cannot_be_added_or_deleted(client, superuser, model):
    new_session()
    assert client.get(reverse(f"admin:referral_{model}_add")).status_code == 403
    assert b"delete" not in client.get(changelist(model)).content


def test_the_number_and_the_invite_code_cannot_be_edited(client, superuser):
    user = new_user()
    before = (user.phone, user.invite_code, user.invited_count)
    changes = {"phone": "+79119999999", "invite_code": "AAAAAA", "invited_count": "5"}
    answer = client.post(reverse("admin:referral_user_change", args=[user.id]), changes)
    assert answer.status_code == 302
    user.refresh_from_db()
    assert (user.phone, user.invite_code, user.invited_count) == before
    assert not user.is_active  # the only editable field: its box was not checked


def test_staff_ends_sessions(client, superuser):
    now = timezone.now()
    one, user = new_session(now=now), new_user()
    others = [new_session(user, now), new_session(user, now)]
    chosen = {"action": "end", "_selected_action": [str(one.id)]}
    assert b"Sessions ended: 1." in client.post(changelist("session"), chosen, follow=True).content
    chosen = {"action": "end_sessions", "_selected_action": [str(user.id)]}
    assert b"Sessions ended: 2." in client.post(changelist("user"), chosen, follow=True).content
    assert not Session.objects.filter(id__in=[one.id, *(each.id for each in others)], ended_at=None).exists()


def test_ending_sessions_requires_the_change_permission(client):
    client.force_login(staff("view_session", "view_user", "change_user"))
    session = new_session()
    client.post(changelist("session"), {"action": "end", "_selected_action": [str(session.id)]})
    session.refresh_from_db()
    assert session.ended_at is None


def test_only_superusers_make_staff_and_change_staff(client, superuser):
    support, user = staff("view_user", "change_user"), new_user()
    client.force_login(support)
    grab = {"is_active": "on", "is_staff": "on", "is_superuser": "on"}
    client.post(reverse("admin:referral_user_change", args=[user.id]), grab)
    user.refresh_from_db()
    assert (user.is_active, user.is_staff, user.is_superuser) == (True, False, False)
    for colleague in (superuser, support):
        assert not re.search('name="_save"', page_of(client, colleague))
        password = reverse("admin:auth_user_password_change", args=[colleague.id])
        assert client.get(password).status_code == 403
    client.force_login(superuser)
    client.post(reverse("admin:referral_user_change", args=[user.id]), grab)
    user.refresh_from_db()
    assert user.is_staff


def test_a_user_who_is_not_staff_cannot_open_the_admin(client):
    client.force_login(new_user())
    assert client.get("/admin/").status_code == 302


def test_events_are_found_by_number_or_address_and_their_numbers_can_be_unlocked(client, superuser, now):
    number, other = new_number(), new_number()
    code = sent_code(number, now)
    for _ in range(5):
        with pytest.raises(WrongCode):
            verify(number, wrong(code), now)
    sent_code(other, now)
    events = set(SignInEvent.objects.filter(phone=number))
    assert found(client, "signinevent", number.replace("+7", "8 ")) == events
    assert found(client, "signinevent", "192.0.2.1") == {each for each in events if each.ip_address}
    assert found(client, "signinevent", "no match") == set()
    chosen = {"action": "unlock", "_selected_action": [str(each.id) for each in events]}
    answer = client.post(changelist("signinevent"), chosen, follow=True)
    assert b"Numbers unlocked: 1." in answer.content
    assert row_of(number).wrong_guesses == []
    assert row_of(other).sends == [now]


@pytest.mark.parametrize(
    ("model", "query"),
    [
        ("user", "phone=%00"),
        ("user", "q=%00"),
        ("user", "phone__regex=("),
        ("user", "is_active__exact=maybe"),
        ("session", "ip_address=x"),
        ("session", "refresh_counter__gt=0"),
        ("signinevent", "created_at__gte=999999999"),
        ("signinevent", "kind__exact=%00"),
        ("signinevent", "created_at__gte=0001-01-01T00:00:00%2B14:00"),
    ],
)
def test_a_filter_that_a_list_does_not_offer_is_not_an_error(client, superuser, model, query):
    assert client.get(f"{changelist(model)}?{query}").status_code in {200, 302, 400}


def test_an_invalid_id_is_not_an_error(client, superuser):
    for path in ("user/x/change/", "session/x/change/", "signinevent/x/change/"):
        assert client.get(f"/admin/referral/{path}").status_code == 302
    assert client.get("/admin/r/1/x/").status_code == 404


def test_only_superusers_set_passwords_and_end_sessions_of_staff(client, superuser):
    support, user = staff("view_user", "change_user", "view_session", "change_session"), new_user()
    session = new_session(superuser, timezone.now())
    client.force_login(support)
    assert client.get(reverse("admin:auth_user_password_change", args=[user.id])).status_code == 403
    client.post(changelist("user"), {"action": "end_sessions", "_selected_action": [str(superuser.id)]})
    client.post(changelist("session"), {"action": "end", "_selected_action": [str(session.id)]})
    session.refresh_from_db()
    assert session.ended_at is None


def test_a_bug_in_an_unfiltered_list_is_raised(client, superuser, monkeypatch):
    def broken(*_):
        raise ValueError("a bug")

    monkeypatch.setattr("referral.admin.users.UserAdmin.get_queryset", broken)
    with pytest.raises(ValueError, match="a bug"):
        client.get(changelist("user"))
    assert client.get(changelist("user"), {"q": "x"}).status_code == 302


def test_staff_voids_referrals_with_a_reason(client, superuser, now):
    inviter, user = new_user(), new_user()
    invites.activate(user=user, code=inviter.invite_code, now=now)
    chosen = {"action": "void", "_selected_action": [str(user.id)]}
    for more in ({}, {"confirmed": "yes", "reason": " "}):
        page = client.post(changelist("referral"), chosen | more).content.decode()
        assert f"{user.phone}, invited by {inviter.phone} with {inviter.invite_code}" in page
        assert Referral.objects.exists()
    confirmed = chosen | {"confirmed": "yes", "reason": "a bought number"}
    assert b"Referrals voided: 1." in client.post(changelist("referral"), confirmed, follow=True).content
    page = client.get(changelist("referralvoid")).content.decode()
    for told in (user.phone, inviter.phone, superuser.phone, "a bought number"):
        assert told in page
    assert not Referral.objects.exists()


def test_staff_erases_users_after_a_confirmation(client, superuser):
    user = new_user()
    number, chosen = user.phone, {"action": "erase", "_selected_action": [str(user.id)]}
    assert number in client.post(changelist("user"), chosen).content.decode()
    assert User.objects.filter(phone=number).exists()
    answer = client.post(changelist("user"), chosen | {"confirmed": "yes"}, follow=True)
    assert b"Users erased: 1." in answer.content
    assert not User.objects.filter(phone=number).exists()
    assert "erased" in page_of(client, user)


def test_voiding_and_erasing_require_their_permissions(client, now):
    inviter, user = new_user(), new_user()
    invites.activate(user=user, code=inviter.invite_code, now=now)
    chosen = {"_selected_action": [str(user.id)], "confirmed": "yes", "reason": "none of your business"}
    client.force_login(staff("view_user", "change_user", "view_referral"))
    client.post(changelist("referral"), chosen | {"action": "void"})
    client.post(changelist("user"), chosen | {"action": "erase"})
    client.force_login(staff("view_user", "delete_user"))
    superuser = User.objects.create_superuser(new_number(), "a long password of theirs")
    client.post(changelist("user"), chosen | {"action": "erase", "_selected_action": [str(superuser.id)]})
    assert Referral.objects.exists()
    assert User.objects.filter(phone__in=[user.phone, superuser.phone]).count() == 2

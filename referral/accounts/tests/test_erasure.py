"""Erasing an account: what is removed and what stays."""

import io
import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from referral import accounts, invites, sessions, sign_in
from referral.accounts.data_export import SECRETS
from referral.invites import invitees
from referral.models import PhoneSignIn, Referral, ReferralVoid, Session, SignInEvent, User
from referral.refusals import (
    CodeExpired,
    InviteAlreadyActivated,
    InviteNotFound,
    PhoneMismatch,
    RateLimited,
    WrongCode,
)
from referral.tests.factories import (
    minutes,
    new_number,
    new_session,
    new_user,
    row_of,
    sent_code,
    verify,
    wrong,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gateway_in_memory")]


@pytest.fixture
def invited(now):
    """An inviter, a user whom they invited, and the user's invitee."""
    inviter, number = new_user(), new_number()
    signed_in = verify(number, sent_code(number, now), now, invite_code=inviter.invite_code)
    user, invitee = signed_in.session.user, new_user()
    invites.activate(user=invitee, code=user.invite_code, now=now)
    return inviter, user, invitee


def test_personal_data_is_removed(invited):
    _, user, _ = invited
    user.is_staff, user.last_login = True, user.created_at
    user.set_password("long and random")
    user.save()
    number = user.phone
    assert accounts.erase(user.id)
    user.refresh_from_db()
    assert (user.phone, user.last_login) == (None, None)
    assert (user.is_active, user.is_staff, user.has_usable_password()) == (False, False, False)
    assert not Session.objects.filter(user=user).exists()
    assert not SignInEvent.objects.filter(phone=number).exists()
    assert not accounts.erase(user.id)


def test_other_users_keep_their_counts_and_lists(invited):
    inviter, user, invitee = invited
    accounts.erase(user.id)
    for each, count in ((inviter, 1), (user, 1)):
        each.refresh_from_db()
        assert each.invited_count == count
    page = invitees.newest(inviter_id=inviter.id, count=20)
    assert [referral.invitee.phone for referral in page.referrals] == [None]
    assert invitees.phones(inviter_id=inviter.id, count=20) == []
    invitee = User.objects.get(id=invitee.id)
    assert invitee.activated_code == user.invite_code


def test_an_erased_account_cannot_invite(invited, now):
    _, user, _ = invited
    accounts.erase(user.id)
    with pytest.raises(InviteNotFound):
        invites.activate(user=new_user(), code=user.invite_code, now=now)


def test_an_erased_account_cannot_activate_a_code(now):
    user, inviter = new_user(), new_user()
    accounts.erase(user.id)
    with pytest.raises(InviteNotFound):
        invites.activate(user=user, code=inviter.invite_code, now=now)


def test_the_number_can_sign_up_again_but_not_be_invited_again(invited, now):
    inviter, user, _ = invited
    number, later = user.phone, now + minutes(1)
    accounts.erase(user.id)
    again = verify(number, sent_code(number, later), later, invite_code=inviter.invite_code)
    assert again.is_new_user
    assert again.session.user.invite_code != user.invite_code
    assert isinstance(again.invite, InviteAlreadyActivated)
    assert again.invite.activated_code is None
    accounts.erase(again.session.user_id)
    assert row_of(number).was_invitee


def test_a_number_that_was_never_invited_can_be_invited_after_an_erasure(now):
    number, inviter = new_number(), new_user()
    first = verify(number, sent_code(number, now), now)
    accounts.erase(first.session.user_id)
    later = now + minutes(1)
    again = verify(number, sent_code(number, later), later, invite_code=inviter.invite_code)
    assert again.invite == again.session.user


def test_the_budgets_of_the_number_outlive_the_account(now):
    number = new_number()
    code = sent_code(number, now)
    with pytest.raises(WrongCode):
        verify(number, wrong(code), now)
    accounts.erase(verify(number, code, now).session.user_id)
    assert len(row_of(number).wrong_guesses) == len(row_of(number).sends) == 1
    with pytest.raises(RateLimited):
        sign_in.request_code(phone=number, now=now)


def test_only_the_users_own_number_confirms_a_deletion_in_any_spelling(now):
    session = new_session(now=now)
    user = session.user
    for text in ("", "yes", new_user().phone, new_number()):
        with pytest.raises(PhoneMismatch):
            accounts.delete(user=user, phone=text)
    assert sessions.live(user.id, now).exists()
    accounts.delete(user=user, phone=user.phone.replace("+7", "8 "))
    assert not User.objects.filter(phone=user.phone).exists()


def test_the_purge_keeps_numbers_that_were_invitees(invited):
    _, user, _ = invited
    number = user.phone
    accounts.erase(user.id)
    other = new_number()
    PhoneSignIn.objects.create(phone_hash="f" * 64)
    call_command("purge_expired", stdout=io.StringIO())
    assert row_of(number).was_invitee
    assert not PhoneSignIn.objects.filter(phone_hash="f" * 64).exists()
    assert other != number


def export(phone):
    out = io.StringIO()
    call_command("export_user", phone, stdout=out)
    return json.loads(out.getvalue())


def test_an_export_has_everything_about_a_number(invited, now):
    inviter, user, invitee = invited
    held = export(user.phone.replace("+7", "8 "))
    assert held["user"]["invite_code"] == user.invite_code
    assert held["user"]["invited_by"]["code"] == inviter.invite_code
    assert [each["phone"] for each in held["user"]["invitees"]] == [invitee.phone]
    assert [event["kind"] for event in held["events"]] == ["code sent", "signed in"]
    assert len(held["user"]["sessions"]) == len(held["sign_in"]["sends"]) == 1
    assert not SECRETS & (held["user"].keys() | held["sign_in"].keys())


def test_an_export_covers_every_table_about_users():
    covered = {Session, Referral, ReferralVoid}
    elsewhere = {"LogEntry", "User_groups", "User_user_permissions"}  # actions and rights of staff
    related = {relation.related_model for relation in User._meta.related_objects}
    assert {model for model in related if model.__name__ not in elsewhere} == covered


def test_an_export_after_an_erasure_has_only_the_sign_in_row(invited):
    _, user, _ = invited
    number = user.phone
    accounts.erase(user.id)
    held = export(number)
    assert (held["user"], held["events"], held["sign_in"]["was_invitee"]) == (None, [], True)


def test_an_export_of_an_unknown_and_of_an_invalid_number():
    assert export(new_number())["sign_in"] is None
    with pytest.raises(CommandError):
        export("not a number")


def test_a_code_sent_before_the_erasure_signs_no_user_in(now):
    user = new_user()
    code = sent_code(user.phone, now)
    number = user.phone
    accounts.erase(user.id)
    with pytest.raises(CodeExpired):
        verify(number, code, now)
    assert not User.objects.filter(phone=number).exists()


def test_an_erased_member_of_staff_has_no_rights_left():
    user = new_user()
    user.is_staff = user.is_superuser = True
    user.save()
    user.groups.add(Group.objects.create(name="support"))
    user.user_permissions.add(Permission.objects.get(codename="view_user"))
    accounts.erase(user.id)
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert (user.groups.count(), user.user_permissions.count()) == (0, 0)


def test_an_erasure_leaves_other_numbers_alone(now):
    number = new_number()
    verify(number, sent_code(number, now), now)
    before = export(number)
    user = new_user()
    verify(user.phone, sent_code(user.phone, now), now)
    accounts.erase(user.id)
    assert export(number) == before

from datetime import timedelta
from itertools import pairwise

import pytest

from referral import invites
from referral.invites import invitees
from referral.models import Referral, User
from referral.people import users
from referral.refusals import CircularInvite, InviteAlreadyActivated, InviteNotFound, OwnInvite
from referral.tests.factories import new_number, new_user
from referral.text import invite_codes

pytestmark = pytest.mark.django_db


def activate(invitee, code, now):
    return invites.activate(user=invitee, code=code, now=now)


def chain(length, now):
    """Users, each invited by the next."""
    people = [new_user() for _ in range(length)]
    for invitee, inviter in pairwise(people):
        activate(invitee, inviter.invite_code, now)
    return people


def test_an_activation_is_recorded_and_counted(now):
    inviter, invitee = new_user(), new_user()
    activated = activate(invitee, inviter.invite_code, now)
    assert activated == invitee
    assert activated.activated_code == inviter.invite_code
    referral = Referral.objects.get()
    assert (referral.invitee, referral.inviter, referral.created_at) == (invitee, inviter, now)
    inviter.refresh_from_db()
    assert inviter.invited_count == 1
    assert invitees.phones(inviter_id=inviter.id, count=100) == [invitee.phone]


@pytest.mark.parametrize(
    "spell",
    [
        str.lower,
        lambda code: f" {code} ",
        lambda code: f"{code[:3]}-{code[3:]}",
        " ".join,
        lambda code: f"{code[:2]}\u2011{code[2:]}",
    ],
)
def test_case_spaces_and_hyphens_do_not_matter(now, spell):
    inviter, invitee = new_user(), new_user()
    assert activate(invitee, spell(inviter.invite_code), now) == invitee


@pytest.mark.parametrize(
    "text", ["", "22222", "2222222", "000000", "ßßß", "\x00" * 6, "2222\ud80022", "😀" * 6, "2" * 100_000]
)
def test_a_text_that_is_not_an_invite_code_is_not_found(now, text):
    with pytest.raises(InviteNotFound):
        activate(new_user(), text, now)
    assert Referral.objects.count() == 0


def test_the_same_code_again_is_a_success_and_changes_nothing(now):
    inviter, invitee = new_user(), new_user()
    activate(invitee, inviter.invite_code, now)
    again = activate(invitee, inviter.invite_code.lower(), now + timedelta(days=1))
    assert again.activated_code == inviter.invite_code
    assert Referral.objects.get().created_at == now
    inviter.refresh_from_db()
    assert inviter.invited_count == 1


def test_another_code_is_refused_for_good(now):
    first, second, invitee = new_user(), new_user(), new_user()
    activate(invitee, first.invite_code, now)
    for code in (second.invite_code, invitee.invite_code):
        with pytest.raises(InviteAlreadyActivated) as refused:
            activate(invitee, code, now)
        assert refused.value.activated_code == first.invite_code
    second.refresh_from_db()
    assert (second.invited_count, Referral.objects.count()) == (0, 1)


def test_the_users_own_code_is_refused(now):
    user = new_user()
    with pytest.raises(OwnInvite):
        activate(user, user.invite_code, now)
    user.refresh_from_db()
    assert user.invited_count == 0


def test_the_code_of_a_disabled_or_erased_user_is_not_found(now):
    inviter = new_user()
    User.objects.filter(id=inviter.id).update(is_active=False, phone=None)
    with pytest.raises(InviteNotFound):
        activate(new_user(), inviter.invite_code, now)


@pytest.mark.parametrize("length", [2, 3, 10])
def test_a_loop_is_refused(now, length):
    *_, last = people = chain(length, now)
    with pytest.raises(CircularInvite):
        activate(last, people[0].invite_code, now)
    assert Referral.objects.count() == length - 1


def test_an_inviter_may_be_invited_by_an_outsider(now):
    *_, last = chain(3, now)
    outsider = new_user()
    assert activate(last, outsider.invite_code, now) == last


def test_invited_phones_are_newest_first_and_without_erased_accounts(now):
    inviter = new_user()
    people = [new_user() for _ in range(4)]
    for minute, invitee in enumerate(people):
        activate(invitee, inviter.invite_code, now + timedelta(minutes=minute))
    User.objects.filter(id=people[2].id).update(is_active=False, phone=None)
    phones = [people[index].phone for index in (3, 1, 0)]
    assert invitees.phones(inviter_id=inviter.id, count=100) == phones
    assert invitees.phones(inviter_id=inviter.id, count=2) == phones[:2]


def test_invite_codes_are_six_unambiguous_digits_and_letters():
    drawn = {invite_codes.draw() for _ in range(1000)}
    assert len(drawn) > 990
    assert {len(code) for code in drawn} == {6}
    assert set("".join(drawn)) == set("23456789ABCDEFGHJKMNPQRSTUVWXYZ")


def test_a_taken_invite_code_is_drawn_again(now, monkeypatch):
    taken = new_user().invite_code
    draws = iter([taken] * 3 + ["ZZZZZZ"] * users.DRAWN_AT_ONCE)
    monkeypatch.setattr(invite_codes, "draw", lambda: next(draws))
    user, is_new = users.get_or_create_user(new_number(), now)
    assert (user.invite_code, is_new) == ("ZZZZZZ", True)


def test_codes_stay_unique_when_few_are_left(now, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(invite_codes, "ALPHABET", "AB")  # 64 codes
    for _ in range(64):
        # Find the user; a savepoint, an insert and its release, twice; in between, find the taken codes.
        with django_assert_max_num_queries(20):
            users.get_or_create_user(new_number(), now)
    assert User.objects.values("invite_code").distinct().count() == 64


def test_codes_of_another_length_stay_valid_when_the_setting_changes(settings, now):
    old = new_user()
    settings.INVITE_CODE_LENGTH = 7
    new = new_user()
    assert (len(old.invite_code), len(new.invite_code)) == (6, 7)
    for inviter in (old, new):
        activate(new_user(), f"{inviter.invite_code[:3]}-{inviter.invite_code[3:]}".lower(), now)

"""What the database refuses or stores, independently of the domain code."""

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from referral.models import PhoneSignIn, Referral, Session, User
from referral.models.phone_sign_in import DECOYS, decoy_of
from referral.tests.factories import add_decoys, new_number, new_session, new_user

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


@pytest.mark.parametrize("phone", ["79110000001", "+0", "+7 911 000-00-01", "+", ""])
def test_a_phone_that_is_not_e164_is_refused(phone):
    refused(lambda: User.objects.create(phone=phone, invite_code="222222"))


@pytest.mark.parametrize("code", ["", "abcdef", "OOOOOO", "22222 "])
def test_an_invite_code_outside_the_alphabet_is_refused(code):
    refused(lambda: User.objects.create(phone=new_number(), invite_code=code))


def test_a_duplicate_phone_or_invite_code_is_refused():
    user = new_user()
    refused(lambda: User.objects.create(phone=user.phone, invite_code="222222"))
    refused(lambda: User.objects.create(phone=new_number(), invite_code=user.invite_code))


def test_an_active_user_without_a_phone_is_refused():
    user = new_user()
    refused(lambda: User.objects.filter(id=user.id).update(phone=None))
    User.objects.filter(id=user.id).update(phone=None, is_active=False)


def test_a_negative_count_of_invitees_is_refused():
    user = new_user()
    refused(lambda: User.objects.filter(id=user.id).update(invited_count=-1))


def test_a_second_inviter_and_an_invite_of_oneself_are_refused(now):
    inviter, invitee = new_user(), new_user()
    Referral.objects.create(invitee=invitee, inviter=inviter, code=inviter.invite_code, created_at=now)
    refused(
        lambda: Referral.objects.create(invitee=invitee, inviter=new_user(), code="222222", created_at=now)
    )
    refused(lambda: Referral.objects.create(invitee=inviter, inviter=inviter, code="222222", created_at=now))


def test_an_incomplete_code_is_refused(now):
    refused(lambda: PhoneSignIn.objects.create(phone_hash="0", code_mac="1"))
    counted = {"code_wrong_guesses": 1, "consecutive_wrong_guesses": 1}
    refused(lambda: PhoneSignIn.objects.create(phone_hash="0", **counted))


def test_more_wrong_guesses_at_a_code_than_in_a_row_are_refused(now):
    code = {"code_mac": "1", "code_salt": "1", "code_length": 4, "code_expires_at": now}
    refused(lambda: PhoneSignIn.objects.create(phone_hash="0", code_wrong_guesses=1, **code))


@pytest.mark.parametrize("confirmed", [1, 4])
def test_a_confirmed_counter_must_be_the_newest_or_the_one_before(now, confirmed):
    session = new_session(now=now)
    update = Session.objects.filter(id=session.id).update
    refused(lambda: update(refresh_counter=3, confirmed_counter=confirmed))


def test_instants_come_back_exact(now):
    exact = now.replace(microsecond=123456)
    PhoneSignIn.objects.create(phone_hash="0", sends=[now, exact])
    row = PhoneSignIn.objects.of_numbers().get()
    assert (row.sends, row.wrong_guesses) == ([now, exact], [])


def test_instants_survive_a_dump_and_a_load(now):
    exact = now.replace(microsecond=123456)
    dumped = serializers.serialize("json", [PhoneSignIn(phone_hash="0", sends=[exact])])
    (loaded,) = serializers.deserialize("json", dumped)
    loaded.save()
    assert PhoneSignIn.objects.of_numbers().get().sends == [exact]


def test_createsuperuser_accepts_a_number_in_any_spelling(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "password")
    call_command("createsuperuser", phone="8 (911) 000-00-01", interactive=False)
    user = User.objects.get_by_natural_key("7 911 000-00-01")
    assert (user.phone, user.is_staff, user.is_superuser) == ("+79110000001", True, True)
    assert user.check_password("password")
    for phone, message in (("+7 911 000-00-01", "already taken"), ("not a number", "not a mobile")):
        with pytest.raises(CommandError, match=message):
            call_command("createsuperuser", phone=phone, interactive=False)
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key("not a number")


def test_the_text_of_a_user_hides_the_middle_of_the_number():
    assert str(User(phone="+79110000001")) == "+791******01"
    assert str(User(phone=None)) == "erased"


def test_decoys_sort_before_every_hash():
    add_decoys()
    PhoneSignIn.objects.create(phone_hash="0" * 59 + "10000")
    rows = PhoneSignIn.objects.order_by("phone_hash").values_list("phone_hash", flat=True)
    assert len(rows) == DECOYS + 1
    assert rows[0] == decoy_of("0" * 64)
    assert rows[DECOYS - 1] == decoy_of("000003ff" + "f" * 56)
    assert rows[DECOYS] == "0" * 59 + "10000"

import pytest
from django.db import IntegrityError, transaction

from referral.models import PhoneSignIn, Referral, Session, SignInEvent
from referral.storage import compiled_writes
from referral.tests.factories import NOON, new_number, new_session, new_user, row_of, sent_code

pytestmark = pytest.mark.django_db


def values(row, without=()):
    names = {field.attname for field in row._meta.concrete_fields} - set(without)
    return {name: getattr(row, name) for name in names}


def rows():
    user, session, invitee = new_user(), new_session(), new_user()
    number = new_number()
    sent_code(number)
    return [
        Session(user=user, confirmed_at=NOON, created_at=NOON, last_used_at=NOON, ip_address="192.0.2.1"),
        Session(user=user, confirmed_at=NOON, created_at=NOON, last_used_at=NOON, user_agent="'; --"),
        Referral(invitee=invitee, inviter=session.user, code="ABCDEF", created_at=NOON),
    ]


def test_a_new_row_is_written_as_save_would(django_assert_num_queries):
    for row in rows():
        with django_assert_num_queries(1):
            compiled_writes.insert(row)
        assert values(type(row).objects.get(pk=row.pk)) == values(row)


def test_a_row_that_was_written_is_updated_when_it_is_saved():
    row, *_ = rows()
    compiled_writes.insert(row)
    row.user_agent = "later"
    row.save()
    assert Session.objects.get(pk=row.pk).user_agent == "later"


def test_the_database_generates_the_key_of_an_event():
    event = SignInEvent(kind=SignInEvent.Kind.SIGNED_IN, phone=new_number(), created_at=NOON)
    compiled_writes.insert(event)
    written = SignInEvent.objects.get(phone=event.phone)
    assert written.pk is not None
    assert values(written, without=["id"]) == values(event, without=["id"])


def test_what_the_database_forbids_is_refused():
    user = new_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        compiled_writes.insert(Referral(invitee=user, inviter=user, code=user.invite_code, created_at=NOON))
    assert not Referral.objects.exists()


def test_every_column_of_one_row_is_updated_and_no_other_row(django_assert_num_queries):
    numbers = [new_number(), new_number()]
    for number in numbers:
        sent_code(number)
    row, other = map(row_of, numbers)
    row.sends, row.code_wrong_guesses, row.consecutive_wrong_guesses, row.was_invitee = [], 2, 7, True
    with django_assert_num_queries(1):
        compiled_writes.update(row)
    assert values(PhoneSignIn.objects.get(pk=row.pk)) == values(row)
    assert values(PhoneSignIn.objects.get(pk=other.pk)) == values(other)

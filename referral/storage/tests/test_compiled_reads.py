from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from referral import invites
from referral.models import PhoneSignIn, Session, User
from referral.sign_in import codes
from referral.storage.compiled_reads import CompiledQuery
from referral.tests.factories import NOON, new_session, new_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def session_of():
    @CompiledQuery
    def session_of(user_id: UUID):
        sessions = Session.objects.select_related("user__referral_as_invitee")
        return sessions.filter(user=user_id, ended_at=None).order_by("-created_at")

    return session_of


def values(instance):
    return {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def test_an_instance_and_its_relations_are_those_of_the_queryset(session_of, django_assert_num_queries):
    inviter, session = new_user(), new_session()
    invites.activate(user=session.user, code=inviter.invite_code, now=NOON)
    with django_assert_num_queries(1):
        found = session_of.first(user_id=session.user_id)
        related = [found, found.user, found.user.referral_as_invitee]
        assert found.user.referral_as_invitee.invitee is found.user
    queried = Session.objects.select_related("user__referral_as_invitee").get()
    expected = [queried, queried.user, queried.user.referral_as_invitee]
    assert related == expected
    assert [values(instance) for instance in related] == [values(instance) for instance in expected]


def test_what_a_statement_returns_is_the_instance_that_it_wrote():
    row = PhoneSignIn.objects.insert_or_lock("hash")
    codes.issue(row, "+79110000000", NOON)
    row.cooldown_waived = True
    row.save()
    again = PhoneSignIn.objects.insert_or_lock("hash")
    assert values(again) == values(row) == values(PhoneSignIn.objects.of_numbers().get())
    assert again.sends == [NOON]


def test_a_missing_relation_needs_no_query(session_of, django_assert_num_queries):
    session = new_session()
    with django_assert_num_queries(1):
        found = session_of.first(user_id=session.user_id)
        with pytest.raises(User.referral_as_invitee.RelatedObjectDoesNotExist):
            found.user.referral_as_invitee  # noqa: B018


def test_each_run_has_its_own_values(session_of):
    sessions = [new_session() for _ in range(3)]
    assert [session_of.first(user_id=session.user_id) for session in sessions] == sessions
    assert session_of.first(user_id=uuid4()) is None


def test_rows_are_values(django_assert_num_queries):
    users = [new_user() for _ in range(3)]
    ids = CompiledQuery(lambda: User.objects.values_list("id", "phone", "created_at"))
    with django_assert_num_queries(1):
        rows = ids.rows()
    assert sorted(rows) == sorted((user.id, user.phone, user.created_at) for user in users)


def test_a_value_is_the_first_column_of_the_first_row(django_assert_num_queries):
    @CompiledQuery
    def phone(user_id: UUID):
        return User.objects.filter(id__gte=user_id).order_by("id").values_list("phone", "id")

    users = sorted((new_user() for _ in range(2)), key=lambda user: user.id)
    with django_assert_num_queries(4):
        assert phone.value(user_id=users[0].id) == users[0].phone
        assert phone.exists(user_id=users[1].id) is True
        assert phone.value(user_id=UUID(int=2**128 - 1)) is None
        assert phone.exists(user_id=UUID(int=2**128 - 1)) is False


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_refused():
    @CompiledQuery
    def locked():
        return User.objects.select_for_update()

    with transaction.atomic():
        assert locked.all() == []
    with pytest.raises(TransactionManagementError):
        locked.all()


def test_statements_are_recorded_and_wrapped_on_demand(session_of):
    seen = []

    def watch(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    user_id = new_session().user_id
    with connection.execute_wrapper(watch):
        wrapped = session_of.first(user_id=user_id)
    assert (len(seen), session_of.first(user_id=user_id)) == (1, wrapped)
    assert len(seen) == 1


def test_a_broken_transaction_refuses_a_read(session_of):
    with suppress(ZeroDivisionError), transaction.atomic():
        with suppress(ZeroDivisionError), transaction.atomic(savepoint=False):
            raise ZeroDivisionError
        with pytest.raises(TransactionManagementError):
            session_of.first(user_id=uuid4())
        raise ZeroDivisionError


def test_what_the_database_raises_is_djangos(session_of, monkeypatch):
    compiler, _, parts, converters = session_of._statement
    monkeypatch.setitem(vars(session_of), "_statement", (compiler, "SELECT nothing", parts, converters))
    with pytest.raises(DatabaseError), transaction.atomic():
        session_of.first(user_id=uuid4())

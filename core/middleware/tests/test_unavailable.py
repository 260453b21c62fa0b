from threading import Event, Thread

import pytest
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
    transaction,
)

from referral.models import PhoneSignIn
from referral.storage.connection import is_outage, lacks_migrations
from referral.tests.factories import new_number, row_of, sent_code
from schema.tests.api_client import REQUEST_CODE, VERIFY_CODE


def assert_unavailable(answer):
    assert (answer.status_code, answer["Retry-After"]) == (503, "1")
    assert answer["Cache-Control"] == "no-store"
    (error,) = answer.json()["errors"]
    assert error["extensions"] == {"code": "UNAVAILABLE"}


def post(api, query, **variables):
    body = {"query": query, "variables": variables}
    return api.client.post("/graphql", body, content_type="application/json")


@pytest.mark.parametrize("outage", [OperationalError, InterfaceError])
def test_an_outage_is_a_503_and_logs_one_line_with_the_reason(api, monkeypatch, caplog, outage):
    def away(**_):
        raise outage("the server\nclosed the connection")

    monkeypatch.setattr("referral.sign_in.request_code", away)
    assert_unavailable(post(api, REQUEST_CODE, phone=new_number()))
    (record,) = caplog.records
    assert record.getMessage() == "POST /graphql 503 the server closed the connection"
    assert record.exc_info is None


WITHOUT = {
    "table": "ALTER TABLE referral_phonesignin RENAME TO elsewhere",
    "column": "ALTER TABLE referral_signinevent RENAME COLUMN kind TO elsewhere",
}


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("missing", WITHOUT)
def test_without_migrations_the_log_and_a_developer_are_told_what_to_run(
    api, settings, caplog, missing, debug
):
    settings.DEBUG = debug
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT[missing])
    answer = post(api, REQUEST_CODE, phone=new_number())
    assert_unavailable(answer)
    assert ("python manage.py migrate" in answer.json()["errors"][0]["message"]) is debug
    (record,) = caplog.records
    assert record.getMessage().startswith("POST /graphql 503 ")
    assert record.getMessage().endswith("; run: python manage.py migrate")
    assert record.exc_info is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM absent",
        'SELECT one."absent" FROM referral_user one',
        "INSERT INTO referral_user (absent) VALUES (1)",
        "UPDATE referral_user SET absent = 1",
    ],
)
def test_a_missing_table_or_column_is_an_outage(statement):
    with pytest.raises(DatabaseError) as raised, connection.cursor() as cursor:
        cursor.execute(statement)
    assert lacks_migrations(raised.value)
    assert is_outage(raised.value)


@pytest.mark.parametrize(
    "error", [OperationalError("database is locked"), InterfaceError(), ProgrammingError(), KeyError("table")]
)
def test_other_errors_do_not_ask_for_migrations(error):
    assert not lacks_migrations(error)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_lock_timeout_is_a_503_and_counts_no_guess(api):
    number, locked, done = new_number(), Event(), Event()
    code = sent_code(number)

    def hold():
        with transaction.atomic():
            PhoneSignIn.objects.of_numbers().select_for_update().get()
            locked.set()
            done.wait(timeout=30)
        connection.close()

    holder = Thread(target=hold)
    holder.start()
    locked.wait(timeout=30)
    answer = post(api, VERIFY_CODE, phone=number, code=code)
    done.set()
    holder.join()
    assert_unavailable(answer)
    assert row_of(number).code_wrong_guesses == 0

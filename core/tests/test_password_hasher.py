import threading
from collections import Counter

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password
from django.db import connection

from core import password_hasher
from core.password_hasher import HashingBusy, PasswordHasher
from referral.models import User
from referral.tests.factories import new_number, new_user
from referral.tests.threads import at_once

PASSWORD = "a long password of theirs"


@pytest.fixture(autouse=True)
def hashing(settings, monkeypatch):
    settings.PASSWORD_HASHERS = ["core.password_hasher.PasswordHasher"]
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 2)


def test_hashes_are_those_of_django_in_both_directions():
    ours, django = PasswordHasher(), PBKDF2PasswordHasher()
    assert ours.encode(PASSWORD, "salt") == django.encode(PASSWORD, "salt")
    assert check_password(PASSWORD, django.encode(PASSWORD, "salt"))
    assert django.verify(PASSWORD, make_password(PASSWORD))
    assert not check_password("another", django.encode(PASSWORD, "salt"))


def test_a_process_hashes_one_password_at_a_time(monkeypatch):
    running: Counter[str] = Counter()
    seen, pause = [], threading.Event()

    def watched(function, arguments):
        running["now"] += 1
        seen.append(running["now"])
        pause.wait(0.01)
        running["now"] -= 1
        return function(*arguments)

    monkeypatch.setattr(PasswordHasher, "run", staticmethod(watched))
    answers = at_once([lambda: check_password(PASSWORD, make_password(PASSWORD))] * 8, connected=False)
    assert answers == [True] * 8
    assert seen == [1] * 16


def test_the_wait_for_a_turn_is_bounded_and_ends_in_503(client, db, monkeypatch):
    monkeypatch.setattr(password_hasher, "LONGEST_WAIT", 0.01)
    with password_hasher._turn:
        with pytest.raises(HashingBusy):
            make_password(PASSWORD)
        answer = client.post("/admin/login/", {"username": new_number(), "password": PASSWORD})
    assert (answer.status_code, answer["Retry-After"]) == (503, "1")
    assert answer.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}
    assert check_password(PASSWORD, make_password(PASSWORD))  # the turn is free again


@pytest.mark.django_db(transaction=True)
def test_no_database_connection_is_held_while_a_password_is_hashed(client, monkeypatch):
    held = []

    def watched(function, arguments):
        held.append(connection.connection is not None)
        return function(*arguments)

    monkeypatch.setattr(PasswordHasher, "run", staticmethod(watched))
    staff = User.objects.create_superuser(new_number(), PASSWORD)
    for phone in (staff.phone, new_number()):
        client.post("/admin/login/", {"username": phone, "password": "wrong"})
    assert held == [False] * 3


def test_a_number_without_a_password_costs_what_one_with_a_password_does(
    client, db, monkeypatch, django_assert_num_queries
):
    hashed = []

    def watched(function, arguments):
        hashed.append(arguments[2] or PasswordHasher.iterations)
        return function(*arguments)

    staff, user = User.objects.create_superuser(new_number(), PASSWORD), new_user()
    monkeypatch.setattr(PasswordHasher, "run", staticmethod(watched))
    for phone in (staff.phone, user.phone, new_number()):
        hashed.clear()
        with django_assert_num_queries(1) as queries:
            answer = client.post("/admin/login/", {"username": phone, "password": "wrong"})
        assert hashed == [2]
        assert queries[0]["sql"].replace(phone, "a number").endswith("= 'a number' LIMIT 21")
        assert b"Please enter the correct" in answer.content

"""Signing in to the admin, and its budgets."""

from dataclasses import replace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from referral.budgets.policy import HOUR, Policy
from referral.budgets.windows import Limit
from referral.models import User
from referral.tests.factories import new_number, new_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_budgets")]
PASSWORD = "a long password of theirs"


def sign_in(client, phone, password=PASSWORD, address="192.0.2.1"):
    form = {"username": phone, "password": password}
    return client.post("/admin/login/", form, REMOTE_ADDR=address)


def is_refused(answer):
    return "Too many attempts" in answer.content.decode()


def test_staff_can_sign_in_with_any_spelling_of_their_number(client):
    number = new_number()
    User.objects.create_superuser(number, PASSWORD)
    assert sign_in(client, number.replace("+7", "8 ")).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_after_ten_wrong_passwords_the_right_one_is_refused(client):
    number = new_number()
    User.objects.create_superuser(number, PASSWORD)
    for attempt in range(10):
        assert not is_refused(sign_in(client, number, "wrong", f"192.0.2.{attempt}"))
    answer = sign_in(client, number, address="198.51.100.1")
    assert (answer.status_code, is_refused(answer)) == (200, True)
    assert not is_refused(sign_in(client, new_number(), address="198.51.100.1"))


def test_a_client_has_a_budget_across_numbers(client, settings):
    settings.SIGN_IN_POLICY = replace(Policy(), client_passwords=Limit(3, HOUR))
    user = new_user()
    answers = [sign_in(client, phone) for phone in (user.phone, new_number(), "no number", new_number())]
    assert [is_refused(answer) for answer in answers] == [False, False, False, True]
    assert not is_refused(sign_in(client, new_number(), address="192.0.2.2"))


def test_clients_in_one_ipv6_network_share_a_budget(client, settings):
    settings.SIGN_IN_POLICY = replace(Policy(), client_passwords=Limit(1, HOUR))
    addresses = ["2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1"]
    answers = [sign_in(client, new_number(), address=address) for address in addresses]
    assert [is_refused(answer) for answer in answers] == [False, True, False]


def test_all_clients_and_numbers_share_a_ceiling(client, settings):
    settings.SIGN_IN_POLICY = replace(
        Policy(), service_passwords=Limit(3, HOUR), client_passwords=Limit(1, HOUR)
    )
    client.force_login(User.objects.create_superuser(new_number(), PASSWORD))
    assert not is_refused(sign_in(Client(), new_number(), password=""))  # nothing to hash, so not counted
    answers = [sign_in(Client(), new_number(), address=f"192.0.2.{number // 2}") for number in range(10)]
    assert [is_refused(answer) for answer in answers] == [False, True] * 3 + [True] * 4
    assert client.get("/admin/").status_code == 200  # open sessions go on


def test_no_object_has_a_page_elsewhere(client):
    client.force_login(User.objects.create_superuser(new_number(), PASSWORD))
    kind = ContentType.objects.get_for_model(User)
    for id_ in (new_user().id, "no-uuid"):
        assert client.get(f"/admin/r/{kind.id}/{id_}/").status_code == 404


def test_the_admin_has_the_brands_name(client, settings):
    assert b"<title>Log in | Referral</title>" in client.get("/admin/login/").content
    settings.BRAND_NAME = "Acme & Co"
    content = client.get("/admin/login/").content
    assert content.count(b"Acme &amp; Co") >= 2
    assert b"Referral" not in content

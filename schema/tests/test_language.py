import pytest
from django.utils import translation

from referral import refusals
from schema.errors import REFUSALS
from schema.tests.api_client import ME, REQUEST_CODE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "message"),
    [
        ("", "This is not a mobile phone number."),
        ("en-GB", "This is not a mobile phone number."),
        ("ru", "Это не номер мобильного телефона."),
        ("ru-RU,ru;q=0.9,en;q=0.8", "Это не номер мобильного телефона."),
        ("en;q=0.5,ru;q=0.9", "Это не номер мобильного телефона."),
        ("fr, tlh;q=0.9", "This is not a mobile phone number."),
        (";;;q=x,\xff", "This is not a mobile phone number."),
    ],
)
def test_messages_follow_accept_language(api, accepted, message):
    headers = {"Accept-Language": accepted}
    problem = api.post(REQUEST_CODE, headers=headers, phone="x")["data"]["requestCode"]
    assert problem["message"].startswith(message)
    assert problem["code"] == "INVALID_PHONE"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("phone", "english", "russian"),
    [
        ("+7 911 000-00-0", "is too short", "слишком короткий"),
        ("+7 911 000-00-012", "is too long", "слишком длинный"),
        ("1" * 10_000, "is too long", "слишком длинный"),
        ("+7 495 123-45-67", "a landline number", "городской номер"),
        ("8-911-FLOWERS", "Enter digits only", "Введите только цифры"),
        ("tel:+7-911-000-00-01;ext=5", "Extensions cannot receive SMS", "Добавочный номер"),
        ("380501234567", "country code is missing or unknown", "Код страны не указан или неизвестен"),
        ("+7 011 000-00-01", "Enter it with its country code", "Введите номер с кодом страны"),
    ],
)
def test_the_message_says_what_is_wrong_with_a_number(api, phone, english, russian):
    for language, words in (("en", english), ("ru", russian)):
        headers = {"Accept-Language": language}
        problem = api.post(REQUEST_CODE, headers=headers, phone=phone)["data"]["requestCode"]
        assert (problem["__typename"], problem["code"]) == ("InvalidPhone", "INVALID_PHONE")
        assert words in problem["message"]


@pytest.mark.django_db
@pytest.mark.parametrize(("region", "example"), [("RU", "+7 912 345-67-89"), ("GB", "+44 7400 123456")])
@pytest.mark.parametrize("phone", ["x", "ABC 1", "4"])
def test_the_example_is_a_number_of_the_region(api, settings, region, example, phone):
    settings.PHONE_REGION = region
    message = api.post(REQUEST_CODE, phone=phone)["data"]["requestCode"]["message"]
    assert "{" not in message
    assert example in message or "too short" in message


@pytest.mark.django_db
def test_the_language_does_not_leak_into_the_next_request(api):
    headers = {"Accept-Language": "ru"}
    assert "войдите" in api.post(ME, headers=headers)["errors"][0]["message"]
    assert "Sign in" in api.post(ME)["errors"][0]["message"]


@pytest.mark.django_db
def test_the_language_cookie_is_ignored(api, client):
    client.cookies["django_language"] = "ru"
    assert "Sign in" in api.post(ME)["errors"][0]["message"]


@pytest.mark.django_db
def test_responses_vary_by_language(client):
    answer = client.get("/", headers={"Accept-Language": "ru"})
    assert answer["Content-Language"] == "ru"
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize("handler", REFUSALS, ids=lambda handler: handler.exception_type.__name__)
def test_every_refusal_has_a_message_in_both_languages(handler):
    assert issubclass(handler.exception_type, refusals.Refusal)
    english = str(handler.error_type.text)
    with translation.override("ru"):
        russian = str(handler.error_type.text)
    assert english.isascii()
    assert any("а" <= letter <= "я" for letter in russian.lower())

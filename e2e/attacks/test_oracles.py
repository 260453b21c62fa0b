"""An outsider tries to learn who signs in here, and when."""

import asyncio
from collections import Counter
from datetime import datetime

import pytest
from client import REQUEST_CODE, VERIFY_CODE, kinds, post

LOOKS, HIDDEN, WRONG_INVITES = 300, 30, 30
ADDRESS = "203.0.113.7"
ACTIVATE = "mutation ($code: String!) { activateInvite(code: $code) { __typename } }"


@pytest.fixture(scope="module")
def server(serve):
    with serve(SMS_URL="console://?delay=0-0", TRUSTED_PROXIES="1") as server:
        yield server


def at_once(*requests):
    async def gather():
        return await asyncio.gather(*requests)

    return asyncio.run(gather())


async def sign_in(server, phone, address=ADDRESS):
    """The answer of verifyCode to the right code."""
    _, _, sent = await post(server.port, REQUEST_CODE, phone=phone, address=address)
    code = sent["data"]["requestCode"]["demoCode"]
    return await post(server.port, VERIFY_CODE, phone=phone, code=code, address=address)


def token(server, phone):
    ((_, _, body),) = at_once(sign_in(server, phone))
    return body["data"]["verifyCode"]["accessToken"]


def look(server, number, code="1234"):
    return post(server.port, VERIFY_CODE, phone=f"+7940{number:07}", code=code, address=ADDRESS)


def test_looks_are_rationed_and_a_crowd_behind_the_same_address_still_signs_in(server):
    looks = at_once(*(look(server, number) for number in range(343)))
    assert kinds(looks, "verifyCode") == {(200, "CodeExpired"): LOOKS, (200, "RateLimited"): 343 - LOOKS}
    people = [sign_in(server, f"+7941{number:07}") for number in range(50)]
    more = [look(server, number) for number in range(200)]
    answers = at_once(*people, *more)
    assert kinds(answers[:50], "verifyCode") == {(200, "SignedIn"): 50}
    assert kinds(answers[50:], "verifyCode") == {(200, "RateLimited"): 200}


def test_a_text_that_cannot_be_a_code_gets_one_answer_for_every_number(server):
    live, dead = "+79420000001", "+79420000002"
    at_once(post(server.port, REQUEST_CODE, phone=live, address=ADDRESS))
    answers = at_once(
        *(
            post(server.port, VERIFY_CODE, phone=phone, code=code, address="203.0.113.8")
            for phone in (live, dead)
            for code in ["x", "", "123", "12345678901"] * 100
        )
    )
    bodies = {str(body) for _, _, body in answers}
    assert len(bodies) == 1
    assert kinds(answers, "verifyCode") == {(200, "WrongCode"): 800}


def test_instants_are_whole_seconds(server):
    query = REQUEST_CODE.replace("codeLength", "expiresAt resendAt")
    asks = [post(server.port, query, phone="+79430000001", address="203.0.113.9") for _ in range(2)]
    found = [body["data"]["requestCode"] for ask in asks for _, _, body in at_once(ask)]
    instants = [found[0]["expiresAt"], found[0]["resendAt"], found[1]["retryAt"]]
    assert {datetime.fromisoformat(instant).microsecond for instant in instants} == {0}


def test_strangers_are_looked_up_thirty_times_an_hour(server):
    access = token(server, "+79440000001")
    query = "query ($phone: String!) { user(phone: $phone) { phone } }"
    phones = [f"+7945{number:07}" for number in range(100)]
    answers = at_once(*(post(server.port, query, access, "203.0.113.10", phone=phone) for phone in phones))
    errors = [body["errors"][0]["extensions"] for _, _, body in answers if "errors" in body]
    assert Counter(error["code"] for error in errors) == {"RATE_LIMITED": 100 - HIDDEN}
    assert all(datetime.fromisoformat(error["retryAt"]).microsecond == 0 for error in errors)
    assert all(body["data"] == {"user": None} for _, _, body in answers)


def test_of_four_hundred_wrong_invite_codes_at_once_thirty_are_looked_at(server):
    access = token(server, "+79460000001")
    answers = at_once(
        *(post(server.port, ACTIVATE, access, "203.0.113.11", code="ZZZZZZ") for _ in range(400))
    )
    looked_at = {(200, "InviteNotFound"): WRONG_INVITES, (200, "RateLimited"): 400 - WRONG_INVITES}
    assert kinds(answers, "activateInvite") == looked_at

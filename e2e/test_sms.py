"""Sign-in through the real gateways, with a local SMS provider that works or fails."""

import asyncio
import re

import pytest
from client import ME, REQUEST_CODE, VERIFY_CODE, kinds, post
from provider_server import provider

CROWD = 200


@pytest.fixture
def played():
    with provider() as plays:
        yield plays


@pytest.fixture
def serve_with(serve):
    """Start the server with gateways, as behind a proxy."""

    def serve_with(*urls):
        return serve(SMS_URL=" ".join(urls), DEMO_CODES="false", TRUSTED_PROXIES="1")

    return serve_with


def exolve(played):
    return f"exolve://the-api-key@Sender?api=http://127.0.0.1:{played.port}"


def generic(played):
    return f"json://127.0.0.1:{played.port}/sms?:to={{phone}}"


def ask(server, phone):
    _, _, body = asyncio.run(post(server.port, REQUEST_CODE, phone=phone))
    return body["data"]["requestCode"]


def sign_in(server, phone, text):
    (code,) = re.findall(r"@\S+ #(\d+)$", text)
    _, _, body = asyncio.run(post(server.port, VERIFY_CODE, phone=phone, code=code))
    return body["data"]["verifyCode"], code


def test_a_code_is_sent_through_the_first_gateway_that_accepts_it(serve_with, played):
    with provider() as failing, serve_with(exolve(failing), generic(played)) as server:
        codes = []
        for number, mode in enumerate(("401", "500", "error", "garbage", "reset", "hang", "drip", "ok")):
            failing.mode, phone = mode, f"+7920000{number:04}"
            assert ask(server, phone) == {"__typename": "CodeSent", "codeLength": 4, "demoCode": None}
            if mode == "ok":
                text = failing.asked[-1].message["text"]
            else:
                assert played.asked[-1].message["to"] == phone
                text = played.asked[-1].message["message"]
            signed_in, code = sign_in(server, phone, text)
            assert signed_in["__typename"] == "SignedIn"
            codes.append(code)
        assert len(failing.asked) == len(played.asked) + 1 == len(codes)
        log = server.output()
        assert log.count("exolve (1) did not take a text") == len(played.asked)
        assert not [secret for secret in (*codes, "the-api-key", "+7920000") if f'{secret}"' in log]
        assert "the-api-key" not in log


def test_refused_sends_are_given_back_three_times_an_hour(serve_with, played):
    with serve_with(exolve(played)) as server:
        played.mode, phone = "401", "+79201110001"
        answers = [ask(server, phone) for _ in range(9)]
        # Three are given back. After that each counts, and the budget is five an hour.
        assert [answer["code"] for answer in answers] == ["DELIVERY_FAILED"] * 8 + ["RATE_LIMITED"]
        assert len(played.asked) == 8
        played.mode, other = "ok", "+79201110002"
        assert ask(server, other)["__typename"] == "CodeSent"


def test_a_hanging_gateway_does_not_delay_other_requests(serve_with, played, database):
    async def crowd(port):
        requests = [
            post(port, REQUEST_CODE, address=f"198.51.100.{number}", phone=f"+7921{number:07}")
            for number in range(CROWD)
        ]
        tasks = [asyncio.ensure_future(request) for request in requests]
        answers, looks, most = asyncio.gather(*tasks), [], 0
        while not answers.done():
            _, _, body = await post(port, ME, token, address="203.0.113.1")
            looks.append(sum(request.done() for request in tasks))
            assert body["data"]["me"] == {"phone": phone}
            opened, _ = await asyncio.to_thread(database.connections)
            most = max(most, opened)
            await asyncio.sleep(0.05)
        return await answers, looks, most

    with serve_with(exolve(played)) as server:
        phone = "+79209999999"
        ask(server, phone)
        signed_in, _ = sign_in(server, phone, played.asked[-1].message["text"])
        token = signed_in["accessToken"]
        played.mode, played.answered = "hang", 0
        answers, looks, most = asyncio.run(crowd(server.port))
        print(f"{looks.count(0)} `me` queries while {CROWD} sign-ins hung, over {most} connections")
        assert kinds(answers, "requestCode") == {(200, "DeliveryFailed"): CROWD}
        assert played.answered == 0
        assert looks.count(0) > 20
        assert most <= 40

"""An outsider tries to run up the bill for texts, or to use up what others may be sent."""

import asyncio
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from client import REQUEST_CODE, kinds, post
from provider_server import provider

NETWORK, DAY, HOUR = 20, 60, 50  # texts; the least that an hour can have is 50


@pytest.fixture
def gateway():
    with provider() as plays:
        yield plays


@pytest.fixture
def server(serve, gateway):
    settings = {
        "SMS_URL": f"exolve://the-api-key@Sender?api=http://127.0.0.1:{gateway.port}",
        "TRUSTED_PROXIES": "1",
        "DEMO_CODES": "false",
        "NETWORK_CODES_PER_HOUR": str(NETWORK),
        "SMS_PER_DAY": str(DAY),
    }
    with serve(**settings) as server:
        yield server


def ask(server, prefix, addresses):
    """Request codes for as many new numbers as there are addresses, all at once."""

    async def crowd():
        phones = [f"+7{prefix}{number:07}" for number in range(len(addresses))]
        asked = zip(phones, addresses, strict=True)
        return await asyncio.gather(
            *(post(server.port, REQUEST_CODE, phone=phone, address=address) for phone, address in asked)
        )

    return asyncio.run(crowd())


def wait_for_a_whole_minute_of_the_hour():
    now = datetime.now(UTC)
    if now.minute == 59:
        time.sleep(61 - now.second)


def test_a_refusing_gateway_costs_nothing_and_networks_and_hours_have_a_ceiling(server, gateway):
    wait_for_a_whole_minute_of_the_hour()
    gateway.mode = "401"
    one_network = [f"2001:db8:0:{subnet:x}::1" for subnet in range(50)]
    refused = {(200, "DeliveryFailed"): NETWORK, (200, "RateLimited"): 50 - NETWORK}
    assert kinds(ask(server, "920", one_network), "requestCode") == refused
    many_networks = [f"198.51.{network}.1" for network in range(DAY + 10)]
    # Not all at once: until the gateway has answered, a text counts.
    for addresses in (many_networks[:40], many_networks[40:]):
        answers = ask(server, f"92{len(addresses) // 10}", addresses)
        assert kinds(answers, "requestCode") == {(200, "DeliveryFailed"): len(addresses)}

    gateway.mode = "ok"
    before = len(gateway.asked)
    answers = ask(server, "925", many_networks)
    limited = len(many_networks) - HOUR
    assert kinds(answers, "requestCode") == {(200, "CodeSent"): HOUR, (200, "RateLimited"): limited}
    assert len(gateway.asked) - before == HOUR
    retries = Counter(retry_at(answer) for answer in answers if retry_at(answer))
    next_hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    assert retries == {next_hour: limited}
    assert f"{HOUR} texts were sent in this hour" in server.output()


def retry_at(answer):
    _, _, body = answer
    text = body["data"]["requestCode"].get("retryAt")
    return text and datetime.fromisoformat(text)

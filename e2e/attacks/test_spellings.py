"""One handset is written in many ways, for a budget each; and people paste what they have."""

import asyncio
from collections import Counter
from urllib.request import urlopen

import pytest
from client import REQUEST_CODE, VERIFY_CODE, post

RUSSIA = [
    "+7 911 000-00-01",
    "＋7\u221291100\u200b00001",
    "+8 911 000 00 01",
    "00 7 911 0000001",
    "tel:911-000-00-01;phone-context=+7",
]
GABON = ["+241 06 03 12 34", "+241 6 03 12 34", "+241 66 03 12 34", "00241 066 03 12 34"]
GAMBIA = ["+220 301 2345", "+220 83 301 2345"]
BRAZIL = ["+55 11 8123-4567", "+55 11 98123-4567", "+55 0 11 8123 4567"]


@pytest.fixture(scope="module")
def server(serve):
    with serve(TRUSTED_PROXIES="1") as server:
        yield server


@pytest.mark.parametrize("spellings", [RUSSIA, GABON, GAMBIA, BRAZIL])
def test_a_number_in_many_spellings_gets_one_code(server, spellings):
    async def ask():
        requests = (post(server.port, REQUEST_CODE, phone=phone) for phone in spellings)
        return await asyncio.gather(*requests)

    answers = [body["data"]["requestCode"]["__typename"] for _, _, body in asyncio.run(ask())]
    assert Counter(answers) == {"CodeSent": 1, "RateLimited": len(spellings) - 1}


def test_an_invite_link_in_a_message_is_activated(server):
    query = VERIFY_CODE.replace("... on SignedIn {", "... on SignedIn { user { inviteCode activatedCode }")

    async def sign_in(phone, invite=None):
        _, _, sent = await post(server.port, REQUEST_CODE, phone=phone)
        code = sent["data"]["requestCode"]["demoCode"]
        _, _, answer = await post(server.port, query, phone=f" {phone}, ", code=code, inviteCode=invite)
        return answer["data"]["verifyCode"]["user"]

    anna = asyncio.run(sign_in("+7 911 000-01-01"))["inviteCode"]
    invite = f"Привет! Вот ссылка: «{server.url}/i/{anna}/?from=chat». Вступай вместе!"
    assert asyncio.run(sign_in("+7 911 000-01-02", invite))["activatedCode"] == anna


@pytest.mark.parametrize("ending", ["/", ".", "),", "%E2%80%9D!"])
def test_an_invite_link_with_the_end_of_a_sentence_opens(server, ending):
    with urlopen(f"{server.url}/i/KX4P7M{ending}", timeout=30) as page:
        assert b'data-invite-code="KX4P7M"' in page.read()

"""Budgets of clients and users. The budgets of phone numbers are tested in referral/."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from referral.budgets.policy import Policy
from referral.budgets.windows import Limit
from referral.models import Referral, ServiceDay, Session, User
from referral.tests.factories import new_number, wrong
from schema.tests.api_client import ACTIVATE_INVITE, REFRESH_SESSION, REQUEST_CODE, VERIFY_CODE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_budgets")]
HOUR = timedelta(hours=1)
TWO = Limit(2, HOUR)


@pytest.fixture(autouse=True)
def policy(settings):
    settings.SIGN_IN_POLICY = replace(Policy(), client_code_requests=TWO, client_wrong_guesses=TWO)


@pytest.fixture
def run(api):
    """Run an operation from an address."""

    def run(query, address="192.0.2.1", token=None, forwarded=None, **variables):
        answer = api.client.post(
            "/graphql",
            {"query": query, "variables": variables},
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"} if token else {},
            **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}),
            REMOTE_ADDR=address,
        )
        (value,) = answer.json()["data"].values()
        return value

    return run


def names(answers):
    return [answer["__typename"] for answer in answers]


def ask(run, address):
    return run(REQUEST_CODE, address, phone=new_number())


def test_code_requests_of_a_client_are_limited(run):
    assert names(ask(run, "192.0.2.1") for _ in range(3)) == ["CodeSent", "CodeSent", "RateLimited"]
    retry_at = datetime.fromisoformat(ask(run, "192.0.2.1")["retryAt"])
    assert abs(retry_at - datetime.now(UTC) - HOUR) < timedelta(minutes=1)
    assert names([ask(run, "192.0.2.2")]) == ["CodeSent"]


def test_a_mapped_ipv4_address_and_an_ipv6_64_count_as_one_client(run):
    same = ["192.0.2.1", "::ffff:192.0.2.1", "::ffff:c000:201"]
    assert names(ask(run, address) for address in same) == ["CodeSent", "CodeSent", "RateLimited"]
    neighbours = ["2001:db8::1", "2001:db8::ffff:2", "2001:db8::3", "2001:db8:0:1::1"]
    assert names(ask(run, each) for each in neighbours) == ["CodeSent", "CodeSent", "RateLimited", "CodeSent"]


@pytest.mark.parametrize(
    "forwarded",
    [
        ["198.51.100.1:1", "198.51.100.1:2", "[198.51.100.1]:3", '"198.51.100.1"'],
        ["[2001:db8::1]:443", "2001:db8::2", '"[2001:db8::3]"', "2001:db8::4%eth0"],
        ["unknown", "_hidden", "203.0.113.66,", "203.0.113.67,"],
    ],
)
def test_clients_behind_a_proxy_have_a_budget_however_it_writes_addresses(run, settings, forwarded):
    settings.TRUSTED_PROXIES = 1
    answers = [run(REQUEST_CODE, phone=new_number(), forwarded=each) for each in forwarded]
    assert names(answers) == ["CodeSent", "CodeSent", "RateLimited", "RateLimited"]


def test_loopback_addresses_have_no_budget(run):
    for address in ("127.0.0.1", "::1", ""):
        assert names(ask(run, address) for _ in range(3)) == ["CodeSent"] * 3


def test_wrong_guesses_of_a_client_are_counted_across_numbers(run, api):
    def guess(address, right=False):
        number = new_number()
        code = api.sent_code(number)
        return run(VERIFY_CODE, address, phone=number, code=code if right else wrong(code))

    assert names(guess("192.0.2.1", right=True) for _ in range(3)) == ["SignedIn"] * 3
    assert names(guess("192.0.2.1") for _ in range(3)) == ["WrongCode", "WrongCode", "RateLimited"]
    assert names([guess("192.0.2.1", right=True)]) == ["RateLimited"]
    assert names([guess("192.0.2.2", right=True)]) == ["SignedIn"]
    assert ServiceDay.objects.get().wrong_guesses == 2


def test_a_valid_refresh_token_is_never_rate_limited(run, api):
    good = api.sign_in()["refreshToken"]
    bad = [run(REFRESH_SESSION, refreshToken="bad") for _ in range(3)]
    assert names(bad) == ["InvalidRefreshToken", "InvalidRefreshToken", "RateLimited"]
    assert names([run(REFRESH_SESSION, refreshToken=good)]) == ["SessionRefreshed"]


def test_wrong_invite_codes_of_a_client_are_limited(run, api):
    invite = api.sign_in()["user"]["inviteCode"]
    tokens = [api.sign_in()["accessToken"] for _ in range(4)]
    answers = [run(ACTIVATE_INVITE, token=token, code="AAAAAA") for token in tokens[:3]]
    assert names(answers) == ["InviteNotFound", "InviteNotFound", "RateLimited"]
    assert names([run(ACTIVATE_INVITE, token=tokens[3], code=invite)]) == ["RateLimited"]
    assert names([run(ACTIVATE_INVITE, "192.0.2.2", tokens[3], code=invite)]) == ["InviteActivated"]


def test_wrong_invite_codes_of_a_user_are_limited_across_clients(run, api, settings):
    settings.SIGN_IN_POLICY = replace(Policy(), user_wrong_invite_codes=TWO)
    token = api.sign_in()["accessToken"]
    answers = [run(ACTIVATE_INVITE, f"192.0.2.{host}", token, code="AAAAAA") for host in range(3)]
    assert names(answers) == ["InviteNotFound", "InviteNotFound", "RateLimited"]


def test_invite_codes_at_sign_in_spend_the_budget_without_blocking_the_sign_in(run, api):
    invite = api.sign_in()["user"]["inviteCode"]

    def sign_up(code):
        number = new_number()
        return run(VERIFY_CODE, phone=number, code=api.sent_code(number), inviteCode=code)["invite"]

    assert names(map(sign_up, ["AAAAAA", "AAAAAA", invite])) == [
        "InviteNotFound",
        "InviteNotFound",
        "RateLimited",
    ]
    assert Session.objects.count() == 4


def test_a_test_number_does_not_use_the_budgets_of_its_client(run, settings):
    number = new_number()
    settings.TEST_NUMBERS = [f"{number}:31415926:9999-12-31"]
    for _ in range(5):
        assert run(REQUEST_CODE, phone=number)["__typename"] == "CodeSent"
        assert run(VERIFY_CODE, phone=number, code="00000000")["__typename"] == "WrongCode"
    assert names(ask(run, "192.0.2.1") for _ in range(3)) == ["CodeSent", "CodeSent", "RateLimited"]
    signed_in = run(VERIFY_CODE, phone=number, code="31415926", inviteCode="222222")
    assert signed_in["invite"]["code"] == "INVITE_NOT_FOUND"
    for _ in range(3):
        refused = run(ACTIVATE_INVITE, token=signed_in["accessToken"], code="222222")
        assert refused["code"] == "INVITE_NOT_FOUND"


def test_an_invite_code_beyond_the_budget_is_not_activated(run, api):
    inviter = api.sign_in()
    for _ in range(2):
        run(ACTIVATE_INVITE, token=inviter["accessToken"], code="AAAAAA")
    number = new_number()
    code, invite_code = api.sent_code(number), inviter["user"]["inviteCode"]
    signed_in = run(VERIFY_CODE, phone=number, code=code, inviteCode=invite_code)
    assert signed_in["invite"]["__typename"] == "RateLimited"
    assert Referral.objects.count() == User.objects.get(invite_code=invite_code).invited_count == 0


def test_a_wrong_invite_code_at_sign_in_is_charged_to_the_user(run, api, settings):
    settings.SIGN_IN_POLICY = replace(Policy(), user_wrong_invite_codes=Limit(1, HOUR))
    number = new_number()
    signed_in = run(VERIFY_CODE, phone=number, code=api.sent_code(number), inviteCode="AAAAAA")
    answer = run(ACTIVATE_INVITE, "192.0.2.2", signed_in["accessToken"], code="AAAAAA")
    assert answer["__typename"] == "RateLimited"


def test_a_country_that_is_not_served_costs_an_address_nothing(run, settings):
    settings.SMS_COUNTRIES = ["RU"]
    assert names(run(REQUEST_CODE, phone="+380501234567") for _ in range(3)) == ["CountryNotAllowed"] * 3
    assert names([ask(run, "192.0.2.1")]) == ["CodeSent"]


def test_looks_at_codes_that_are_not_live_are_limited_but_the_right_code_is_taken(run, api):
    number = new_number()
    code = api.sent_code(number)
    looked = [run(VERIFY_CODE, phone=new_number(), code="1234") for _ in range(2)]
    assert names(looked) == ["CodeExpired", "CodeExpired"]
    assert names(run(VERIFY_CODE, phone=each, code="12345") for each in (new_number(), number)) == [
        "RateLimited",
        "RateLimited",
    ]
    assert names([run(VERIFY_CODE, "192.0.2.2", phone=number, code="12345")]) == ["WrongCode"]
    assert names([run(VERIFY_CODE, phone=number, code=code)]) == ["SignedIn"]


def test_a_text_that_cannot_be_a_code_tells_nothing_and_costs_nothing(run, api):
    live, never_sent = new_number(), new_number()
    api.sent_code(live)
    for number in (live, never_sent):
        answers = [run(VERIFY_CODE, phone=number, code=text) for text in ("x", "", "123", "1" * 11)]
        assert {(answer["__typename"], answer["attemptsLeft"]) for answer in answers} == {("WrongCode", 5)}
    assert names([run(VERIFY_CODE, phone=never_sent, code="1234")]) == ["CodeExpired"]


def test_a_looker_does_not_keep_a_crowd_behind_the_same_address_from_signing_in(run, api):
    for _ in range(10):
        run(VERIFY_CODE, phone=new_number(), code="1234")
        number = new_number()
        assert names([run(VERIFY_CODE, phone=number, code=api.sent_code(number))]) == ["SignedIn"]


@pytest.mark.parametrize(
    "addresses",
    [
        ["192.0.2.1", "192.0.2.200", "192.0.2.3", "192.0.3.1"],
        ["2001:db8:0:1::", "2001:db8:0:2::", "2001:db8:0:3::", "2001:db8:1::"],
    ],
)
def test_codes_and_wrong_guesses_of_a_network_are_limited(run, api, settings, addresses):
    settings.SIGN_IN_POLICY = replace(Policy(), network_code_requests=TWO, network_wrong_guesses=TWO)
    assert names(ask(run, address) for address in addresses) == [
        "CodeSent",
        "CodeSent",
        "RateLimited",
        "CodeSent",
    ]

    def guess(address):
        number = new_number()
        return run(VERIFY_CODE, address, phone=number, code=wrong(api.sent_code(number)))

    assert names(map(guess, addresses)) == ["WrongCode", "WrongCode", "RateLimited", "WrongCode"]


def test_numbers_that_a_viewer_may_not_see_are_limited(run, api, settings):
    settings.SIGN_IN_POLICY = replace(Policy(), user_hidden_profiles=TWO)
    viewer, stranger = api.sign_in(), api.sign_in()["user"]["phone"]
    token = viewer["accessToken"]

    def look(phone):
        query = "query ($phone: String!) { user(phone: $phone) { phone } }"
        return api.post(query, token, phone=phone)

    own = viewer["user"]["phone"]
    assert [look(phone)["data"] for phone in (own, stranger, own, new_number())] == [
        {"user": {"phone": own}},
        {"user": None},
        {"user": {"phone": own}},
        {"user": None},
    ]
    for phone in (stranger, own, "no number"):
        answer = look(phone)
        assert answer["data"] == {"user": None}
        (error,) = answer["errors"]
        assert error["extensions"]["code"] == "RATE_LIMITED"
        retry_at = datetime.fromisoformat(error["extensions"]["retryAt"])
        assert retry_at.microsecond == 0
        assert abs(retry_at - datetime.now(UTC) - HOUR) < timedelta(minutes=1)


def test_instants_in_answers_are_whole_seconds(run, api):
    number = new_number()
    sent = run(REQUEST_CODE, phone=number)
    refused = run(REQUEST_CODE, phone=number)
    instants = [sent["expiresAt"], sent["resendAt"], refused["retryAt"]]
    assert {datetime.fromisoformat(instant).microsecond for instant in instants} == {0}


def test_bad_refresh_tokens_cost_no_guess(run, api):
    assert names(run(REFRESH_SESSION, refreshToken="bad") for _ in range(3))[-1] == "RateLimited"
    number = new_number()
    assert names([run(VERIFY_CODE, phone=number, code=wrong(api.sent_code(number)))]) == ["WrongCode"]


def test_invite_codes_that_exist_cost_nothing(run, api):
    viewer, other = api.sign_in(), api.sign_in()
    phone, own = viewer["user"]["phone"], viewer["user"]["inviteCode"]
    for _ in range(3):
        assert run(ACTIVATE_INVITE, token=viewer["accessToken"], code=own)["__typename"] == "OwnInvite"
        api.age_sends()
        signed_in = run(VERIFY_CODE, phone=phone, code=api.sent_code(phone), inviteCode=own)
        assert signed_in["invite"]["__typename"] == "OwnInvite"
    invite_code = other["user"]["inviteCode"]
    assert names([run(ACTIVATE_INVITE, token=viewer["accessToken"], code=invite_code)]) == ["InviteActivated"]

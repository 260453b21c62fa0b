import base64
import json
from datetime import datetime, timedelta
from uuid import uuid4

import jwt
import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from referral.crypto import derive_key
from referral.models import Session, User
from referral.tests.factories import new_session
from schema.tests.api_client import ME
from schema.tokens import access_tokens

pytestmark = pytest.mark.django_db

KEY = derive_key("access token", django_settings.SECRET_KEY)


@pytest.fixture
def token(api):
    return api.sign_in()["accessToken"]


def claims(token):
    return jwt.decode(token, KEY, algorithms=["HS256"], audience="graphql")


def signed(payload, key=KEY, algorithm="HS256"):
    return jwt.encode(payload, key, algorithm)


def unsigned(payload):
    parts = ({"alg": "none", "typ": "JWT"}, payload)
    encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    return b".".join(encoded).decode() + "."


def test_the_claims_of_a_token(token):
    session = Session.objects.get()
    payload = claims(token)
    assert set(payload) == {"sub", "sid", "rc", "jti", "iat", "exp", "iss", "aud"}
    assert (payload["sub"], payload["sid"], payload["rc"]) == (str(session.user_id), str(session.id), 1)
    assert payload["exp"] - payload["iat"] == 600


def test_a_token_expires_with_its_session(api):
    now = timezone.now()
    session = new_session(now=now - timedelta(days=365) + timedelta(minutes=5))
    Session.objects.filter(id=session.id).update(last_used_at=now)
    session.refresh_from_db()
    token, expires_at = access_tokens.issue(session, 1, now)
    assert expires_at == (now + timedelta(minutes=5)).replace(microsecond=0)
    assert claims(token)["exp"] == int(expires_at.timestamp())


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer x", "Bearer x.y.z", "Bearer é", "JWT {}", "Basic {}", "{}"],
)
def test_an_invalid_authorization_header(api, token, header):
    answer = api.post(ME, headers={"Authorization": header.format(token)})
    assert answer["data"] == {"me": None}
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_the_scheme_is_case_insensitive(api, token):
    assert api.post(ME, headers={"Authorization": f"bearer {token}"})["data"]["me"]


def test_cookies_do_not_authenticate(api, token, client):
    client.cookies["JWT"] = token
    admin = User.objects.create_superuser("+79120000000", "password")
    client.force_login(admin)
    assert api.error_code(ME) == "UNAUTHENTICATED"
    assert api.error_code("mutation { signOut { count } }") == "UNAUTHENTICATED"


@pytest.mark.parametrize("claim", ["sub", "sid", "rc", "jti", "iat", "exp", "iss", "aud"])
def test_every_claim_is_required(api, token, claim):
    payload = claims(token)
    assert api.run(ME, signed(payload))
    del payload[claim]
    assert api.error_code(ME, signed(payload)) == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    "change",
    [
        {"exp": timezone.now() - timedelta(seconds=1)},
        {"iat": timezone.now() + timedelta(hours=1)},
        {"iss": "another"},
        {"aud": "another"},
        {"sub": "x"},
        {"sid": "x"},
        {"sid": 1},
        {"sid": None},
        {"rc": "x"},
        {"rc": None},
        {"rc": []},
        {"rc": float("inf")},
        {"sub": str(uuid4())},
        {"sid": str(uuid4())},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_wrong_claim_is_rejected(api, token, change):
    assert api.error_code(ME, signed(claims(token) | change)) == "UNAUTHENTICATED"


@pytest.mark.parametrize(("ahead", "accepted"), [(9, True), (10, True), (11, False), (3600, False)])
def test_a_token_of_a_host_whose_clock_is_ahead(api, token, monkeypatch, ahead, accepted):
    class Behind(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromtimestamp(issued - ahead, tz)

    issued = claims(token)["iat"]
    with monkeypatch.context() as patched:
        patched.setattr("jwt.api_jwt.datetime", Behind)
        answer = api.post(ME, token)
    assert (answer["data"]["me"] is not None) is accepted


@pytest.mark.parametrize("ago", [1, 9, 600])
def test_there_is_no_leeway_for_the_expiry(api, token, ago):
    expired = claims(token)["iat"] - ago
    late = signed(claims(token) | {"iat": expired - 600, "exp": expired})
    assert api.error_code(ME, late) == "UNAUTHENTICATED"


def test_a_verified_token_expires(api, token, monkeypatch):
    assert api.run(ME, token)
    expires_at = claims(token)["exp"]
    monkeypatch.setattr("schema.tokens.access_tokens.time.time", lambda: expires_at - 0.1)
    assert api.run(ME, token)
    monkeypatch.setattr("schema.tokens.access_tokens.time.time", lambda: expires_at)
    assert api.error_code(ME, token) == "UNAUTHENTICATED"


@pytest.mark.filterwarnings("ignore:The HMAC key is 32 bytes long")
def test_a_token_that_is_not_signed_with_our_key_is_rejected(api, token):
    payload = claims(token)
    foreign = derive_key("access token", "another key of more than thirty-two bytes")
    forged = [
        signed(payload, foreign),
        signed(payload, django_settings.SECRET_KEY),
        signed(payload, KEY, "HS512"),
        unsigned(payload),
        token[:-2] + ("AA" if token[-2:] != "AA" else "BB"),
    ]
    for text in forged:
        assert api.error_code(ME, text) == "UNAUTHENTICATED"


def test_a_rotated_key_is_accepted_while_it_is_a_fallback(api, token, settings):
    settings.SECRET_KEY, old = "another key of more than thirty-two bytes", settings.SECRET_KEY
    assert api.error_code(ME, token) == "UNAUTHENTICATED"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert api.run(ME, token)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_active": False, "phone": None}])
def test_a_disabled_or_erased_user_is_rejected(api, token, change):
    User.objects.update(**change)
    assert api.error_code(ME, token) == "UNAUTHENTICATED"


def test_a_bad_token_does_not_prevent_a_sign_in(api):
    answer = api.post('mutation { requestCode(phone: "+79110000001") { __typename } }', token="x")
    assert answer == {"data": {"requestCode": {"__typename": "CodeSent"}}}


def test_a_token_that_was_good_dies_with_the_key_that_signed_it(api, token, settings):
    assert api.run(ME, token)
    settings.SECRET_KEY = "another key of more than thirty-two bytes"
    assert api.error_code(ME, token) == "UNAUTHENTICATED"

"""A test client for the GraphQL endpoint."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from referral.models import PhoneSignIn
from referral.sms.memory import MemoryGateway
from referral.tests.factories import code_in, new_number

PROBLEM = "... on Problem { code message }"
USER = "id phone inviteCode inviteLink activatedCode invitedPhones invitedCount createdAt"
TOKENS = "accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt"
INVITE = (
    f"__typename ... on InviteActivated {{ user {{ {USER} }} }} "
    f"... on InviteAlreadyActivated {{ activatedCode }} {PROBLEM}"
)
REQUEST_CODE = (
    "mutation ($phone: String!) { requestCode(phone: $phone) { __typename "
    "... on CodeSent { phone codeLength expiresAt resendAt demoCode } ... on RateLimited { retryAt } "
    f"{PROBLEM} }} }}"
)
VERIFY_CODE = (
    "mutation ($phone: String!, $code: String!, $inviteCode: String) "
    "{ verifyCode(phone: $phone, code: $code, inviteCode: $inviteCode) { __typename "
    f"... on SignedIn {{ isNewUser {TOKENS} user {{ {USER} }} invite {{ {INVITE} }} }} "
    f"... on WrongCode {{ attemptsLeft }} ... on RateLimited {{ retryAt }} {PROBLEM} }} }}"
)
ACTIVATE_INVITE = f"mutation ($code: String!) {{ activateInvite(code: $code) {{ {INVITE} }} }}"
REFRESH_SESSION = (
    "mutation ($refreshToken: String!) { refreshSession(refreshToken: $refreshToken) "
    f"{{ __typename ... on SessionRefreshed {{ {TOKENS} }} {PROBLEM} }} }}"
)
ME = f"{{ me {{ {USER} }} }}"
SESSIONS = "{ sessions { id createdAt lastUsedAt userAgent ipAddress current } }"


@dataclass
class ApiClient:
    """Runs operations with a single root field."""

    client: Client
    gateway: MemoryGateway

    def post(
        self, query: str, token: str | None = None, headers: dict[str, str] | None = None, **variables: Any
    ) -> Any:
        """The whole response, including errors."""
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        return self.client.post(
            "/graphql",
            {"query": query, "variables": variables},
            content_type="application/json",
            headers=bearer | (headers or {}),
        ).json()

    def run(self, query: str, token: str | None = None, **variables: Any) -> Any:
        answer = self.post(query, token, **variables)
        assert "errors" not in answer, answer
        (value,) = answer["data"].values()
        return value

    def error_code(self, query: str, token: str | None = None, **variables: Any) -> str:
        """The code of the only top-level error. Fails if there is data."""
        answer = self.post(query, token, **variables)
        assert not any((answer.get("data") or {}).values())
        (error,) = answer["errors"]
        return str(error["extensions"]["code"])

    def sent_code(self, phone: str) -> str:
        assert self.run(REQUEST_CODE, phone=phone)["__typename"] == "CodeSent"
        return self.last_code()

    def last_code(self) -> str:
        return code_in(self.gateway.outbox[-1][1])

    def age_sends(self) -> None:
        """Clear the record of sends, so that every number can be sent a code at once."""
        PhoneSignIn.objects.of_numbers().update(sends=[])

    def sign_in(self, phone: str | None = None, invite_code: str | None = None) -> Any:
        phone = phone or new_number()
        code = self.sent_code(phone)
        signed_in = self.run(VERIFY_CODE, phone=phone, code=code, inviteCode=invite_code)
        assert signed_in["__typename"] == "SignedIn"
        return signed_in

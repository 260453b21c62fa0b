"""Clients that repeatedly sign up, invite each other and refresh, while something breaks."""

import asyncio
import random

from client import REQUEST_CODE
from faults.asking import Asking

NEWCOMERS, REGULARS = 24, 4
LONGEST_REST = 2  # seconds between two turns of a client
RECOVERY = 5  # seconds
AFTERWARDS = 1  # second
FIXED_CODE = "31415926"
REGULAR_NUMBERS = [f"+7999000{number:04}" for number in range(REGULARS)]
TEST_NUMBERS = ",".join(f"{phone}:{FIXED_CODE}:2099-01-01" for phone in REGULAR_NUMBERS)

VERIFY_CODE = (
    "mutation ($phone: String!, $code: String!, $inviteCode: String) { "
    "verifyCode(phone: $phone, code: $code, inviteCode: $inviteCode) { __typename ... on SignedIn { "
    "accessToken refreshToken isNewUser user { inviteCode } invite { __typename } } } }"
)
ACTIVATE = "mutation ($code: String!) { activateInvite(code: $code) { __typename } }"
REFRESH = (
    "mutation ($refreshToken: String!) { refreshSession(refreshToken: $refreshToken) "
    "{ __typename ... on SessionRefreshed { accessToken refreshToken } } }"
)
ME = "{ me { __typename phone inviteCode activatedCode invitedCount } }"


class Load:
    """`read_code` returns the code sent to a number; if it is None, the answers contain the code."""

    def __init__(self, ports, ledger, read_code=None):
        self.asking, self.ledger, self.read_code = Asking(ports), ledger, read_code
        self.ask = self.asking.ask
        self.over = False

    async def run(self, fault):
        """Run `fault` under load. Fails unless a new user completes the flow within RECOVERY after it."""
        async with asyncio.TaskGroup() as clients:
            for phone in [None] * NEWCOMERS + REGULAR_NUMBERS:
                clients.create_task(self.client(phone))
            await self.warm_up()
            await fault()
            self.asking.on_the_road = False
            async with asyncio.timeout(RECOVERY):
                while not await self.sign_up():
                    pass
            await asyncio.sleep(AFTERWARDS)
            self.over = True

    async def warm_up(self):
        """Wait until all clients are running."""
        enough = len(self.ledger.accounts) + NEWCOMERS
        while len(self.ledger.accounts) < enough:
            await asyncio.sleep(0.1)

    async def client(self, phone):
        """A client with a fixed number or, if `phone` is None, with a new number each turn."""
        while not self.over:
            await asyncio.sleep(random.uniform(0, LONGEST_REST))
            await (self.sign_in_again(phone) if phone else self.sign_up())

    async def sign_in_again(self, phone):
        """Sign in with a test number: other numbers wait a minute between codes."""
        await self.ask("requestCode", REQUEST_CODE, phone=phone)
        await self.sign_in(phone, FIXED_CODE, None)

    async def sign_up(self):
        """Run the whole flow with a new number. Returns whether every request was answered."""
        phone = self.ledger.new_number()
        sent, repeated = await self.ask("requestCode", REQUEST_CODE, phone=phone)
        if sent["__typename"] != "CodeSent":
            assert sent["__typename"] == "DeliveryFailed" or (
                repeated and sent["__typename"] == "RateLimited"
            )
            return False
        code = self.read_code(phone) if self.read_code else sent["demoCode"]
        return await self.sign_in(phone, code, random.choice([None, self.ledger.some_invite_code()]))

    async def sign_in(self, phone, code, invite):
        answer, repeated = await self.ask(
            "verifyCode", VERIFY_CODE, phone=phone, code=code, inviteCode=invite
        )
        if answer["__typename"] != "SignedIn":
            assert (repeated, answer["__typename"]) == (True, "CodeExpired")
            self.ledger.signed_in(phone, invite, None)
            return False
        assert answer["invite"] == (invite and {"__typename": "InviteActivated"})
        await self.use(self.ledger.signed_in(phone, invite, answer), answer["accessToken"])
        return True

    async def use(self, account, access_token):
        """The requests of a user who has just signed in."""
        await self.look(account, access_token)
        # Test numbers are never invited.
        if not account.inviter_code and account.phone not in REGULAR_NUMBERS:
            await self.activate(account, access_token)
        await self.look(account, await self.refresh(account, account.refresh_tokens[-1]))

    async def activate(self, account, access_token):
        if code := self.ledger.some_invite_code(but=account.invite_code):
            answer, _ = await self.ask("activateInvite", ACTIVATE, token=access_token, code=code)
            assert answer["__typename"] in ("InviteActivated", "CircularInvite")
            account.inviter_code = code if answer["__typename"] == "InviteActivated" else None

    async def refresh(self, account, refresh_token):
        """Refresh a session that must be alive. Returns the access token."""
        answer, _ = await self.ask("refreshSession", REFRESH, refreshToken=refresh_token)
        assert answer["__typename"] == "SessionRefreshed"
        account.refresh_tokens.remove(refresh_token)
        account.refresh_tokens.append(answer["refreshToken"])
        return answer["accessToken"]

    async def look(self, account, access_token):
        """The profile, which must match the account."""
        profile, _ = await self.ask("me", ME, token=access_token)
        assert profile["phone"] == account.phone
        assert profile["inviteCode"] == account.invite_code
        assert profile["activatedCode"] == account.inviter_code
        return profile

"""Clients that sign up, invite each other and refresh, over and over, while something breaks."""

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
    """`read_code` looks up the code that was texted to a number; without it, answers carry the code."""

    def __init__(self, ports, ledger, read_code=None):
        self.asking, self.ledger, self.read_code = Asking(ports), ledger, read_code
        self.ask = self.asking.ask
        self.over = False

    async def run(self, fault):
        """Let `fault` happen. Fails unless a newcomer goes through the whole flow soon after it."""
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
        """Wait until everybody is under way."""
        enough = len(self.ledger.accounts) + NEWCOMERS
        while len(self.ledger.accounts) < enough:
            await asyncio.sleep(0.1)

    async def client(self, phone):
        """One regular with a number of their own, or with None somebody new each turn."""
        while not self.over:
            await asyncio.sleep(random.uniform(0, LONGEST_REST))
            await (self.sign_in_again(phone) if phone else self.sign_up())

    async def sign_in_again(self, phone):
        """With a test number, as others wait a minute between codes."""
        await self.ask("requestCode", REQUEST_CODE, phone=phone)
        await self.sign_in(phone, FIXED_CODE, None)

    async def sign_up(self):
        """The whole flow with a new number, and whether all of it was answered."""
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
        """What somebody does who has just signed in."""
        await self.look(account, access_token)
        if not account.inviter_code and account.phone not in REGULAR_NUMBERS:  # nobody brings a test number
            await self.activate(account, access_token)
        await self.look(account, await self.refresh(account, account.refresh_tokens[-1]))

    async def activate(self, account, access_token):
        if code := self.ledger.some_invite_code(but=account.invite_code):
            answer, _ = await self.ask("activateInvite", ACTIVATE, token=access_token, code=code)
            assert answer["__typename"] in ("InviteActivated", "CircularInvite")
            account.inviter_code = code if answer["__typename"] == "InviteActivated" else None

    async def refresh(self, account, refresh_token):
        """A new access token for a session that must go on."""
        answer, _ = await self.ask("refreshSession", REFRESH, refreshToken=refresh_token)
        assert answer["__typename"] == "SessionRefreshed"
        account.refresh_tokens.remove(refresh_token)
        account.refresh_tokens.append(answer["refreshToken"])
        return answer["accessToken"]

    async def look(self, account, access_token):
        """The profile, which must be the account's."""
        profile, _ = await self.ask("me", ME, token=access_token)
        assert profile["phone"] == account.phone
        assert profile["inviteCode"] == account.invite_code
        assert profile["activatedCode"] == account.inviter_code
        return profile

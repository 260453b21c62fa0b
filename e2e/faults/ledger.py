"""A record of everything the service confirmed to its clients.

Clients retry until they get an answer, and the retry reveals what the lost request did: if the code still
works, it was not used; if it was used, the sign-in happened. So the record has no uncertain entries.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

RECENT = 20  # users whose invite codes are shared: so few that circular invites occur


@dataclass
class Account:
    """A user. `invite_code` is None until an answer with it arrives."""

    phone: str
    invite_code: str | None = None
    inviter_code: str | None = None
    sign_ins: int = 0
    refresh_tokens: list[str] = field(default_factory=list)


class Ledger:
    def __init__(self):
        self.accounts = {}
        self.lost_answers = 0  # sign-ins known only from a retry
        self.numbers = (f"+7915{number:07}" for number in count())

    def new_number(self):
        return next(self.numbers)

    def signed_in(self, phone, invite, answer):
        """Record a sign-in with an invite code or None; `answer` is None if lost. Returns the account."""
        account = self.accounts.setdefault(phone, Account(phone))
        account.sign_ins += 1
        account.inviter_code = account.inviter_code or invite
        if answer is None:
            self.lost_answers += 1
            return account
        assert answer["isNewUser"] == (account.sign_ins == 1)
        assert account.invite_code in (None, answer["user"]["inviteCode"])
        account.invite_code = answer["user"]["inviteCode"]
        account.refresh_tokens.append(answer["refreshToken"])
        return account

    def some_invite_code(self, but=None):
        """The code of one of the newest users, or None."""
        codes = {account.invite_code for account in list(self.accounts.values())[-RECENT:]}
        return random.choice([*codes - {None, but}] or [None])

    def invited_counts(self):
        """The number of invitees by invite code."""
        return Counter(account.inviter_code for account in self.accounts.values() if account.inviter_code)

    def __str__(self):
        sessions = sum(account.sign_ins for account in self.accounts.values())
        activations = self.invited_counts().total()
        known = f"{len(self.accounts)} users, {sessions} sessions and {activations} activations"
        return f"{known}, {self.lost_answers} known from a retry"

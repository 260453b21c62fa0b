"""Measures profiles among a million users, for a user who invited half of them.

Fills the tables with COPY, then requests the profile, the first page and a middle page of invitees, both as
a user with 500,000 invitees and as one with 20. Prints medians and their ratios.
"""

import io
import random
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import connection
from django.utils import timezone

from bench.application import empty_database, timed
from bench.data import invite_code
from referral.client import UNKNOWN
from referral.models import Referral, User
from referral.sessions import start
from schema.tokens import access_tokens
from schema.types.invitee import cursor_of

USERS = 1_000_000
MANY, FEW = 500_000, 20
ROUNDS = 500
CHUNK = 50_000  # rows per COPY

ME = "{ me { phone inviteCode inviteLink activatedCode invitedCount invitedPhones(first: 10) } }"
PAGE = """query ($after: String) { me { invitees(first: 10, after: $after) {
    edges { cursor node { id phone invitedAt } } pageInfo { hasNextPage endCursor } } } }"""


def main() -> None:
    """Fill the database, measure and print the results."""
    with empty_database():
        began = time.perf_counter()
        many, few = fill(timezone.now())
        print(f"{USERS:,} users filled in {time.perf_counter() - began:.0f} s")
        tokens = token(many), token(few)
        middles = middle(many), middle(few)
        questions = {
            "me": (ME, ({}, {})),
            "the first page": (PAGE, ({}, {})),
            "a page in the middle": (PAGE, ({"after": middles[0]}, {"after": middles[1]})),
        }
        for what, (query, variables) in questions.items():
            compare(what, query, tokens, variables)


def fill(now: datetime) -> tuple[UUID, UUID]:
    """Create a million users. Returns the ids of one who invited half of them and one who invited 20."""
    ids = sorted(UUID(int=random.getrandbits(128), version=4) for _ in range(USERS))
    random.shuffle(ids)
    codes = [invite_code(number) for number in range(USERS)]
    inviters = [0] * MANY + [1] * FEW + [2 + number // 3 for number in range(USERS - MANY - FEW - 2)]
    random.shuffle(invitees := list(range(2, USERS)))
    pairs = zip(invitees, inviters, strict=True)
    inviter_of = {invitee: inviter for invitee, inviter in pairs if inviter < invitee}  # no loops
    counts = [0] * USERS
    for inviter in inviter_of.values():
        counts[inviter] += 1
    copy(
        "referral_user (id, password, is_superuser, phone, invite_code, invited_count, is_active, is_staff,"
        " created_at)",
        (
            (id_, "!", False, f"+7900{number:07}", codes[number], counts[number], True, False, now)
            for number, id_ in enumerate(ids)
        ),
    )
    copy(
        "referral_referral (invitee_id, inviter_id, code, created_at)",
        (
            (ids[invitee], ids[inviter], codes[inviter], now - timedelta(seconds=random.randrange(10**7)))
            for invitee, inviter in inviter_of.items()
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE referral_user, referral_referral")
    return ids[0], ids[1]


def copy(columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    """COPY rows in chunks."""
    lines = ("\t".join(map(str, row)) + "\n" for row in rows)
    with connection.cursor() as cursor:
        for text in chunks(lines):
            cursor.cursor.copy_expert(f"COPY {columns} FROM STDIN", text)


def chunks(lines: Iterator[str]) -> Iterator[io.StringIO]:
    """Files of CHUNK lines each."""
    while chunk := list(islice(lines, CHUNK)):
        yield io.StringIO("".join(chunk))


def token(user_id: UUID) -> str:
    """An access token of a new session."""
    now = timezone.now()
    session = start(user=User.objects.get(id=user_id), client=UNKNOWN, now=now)
    return access_tokens.issue(session, session.refresh_counter, now)[0]


def middle(user_id: UUID) -> str:
    """The cursor before the second half of a user's invitees."""
    referrals = Referral.objects.filter(inviter=user_id).order_by("-created_at", "-invitee_id")
    return cursor_of(referrals[referrals.count() // 2 - 1])


def compare(what: str, query: str, tokens: Sequence[str], variables: Sequence[dict[str, str]]) -> None:
    """Time the same query for both users in random order, and print a line."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for which in random.sample((0, 1), 2):
            times[which].append(timed(query, tokens[which], **variables[which])[0])
    many, few = (statistics.median(each[ROUNDS // 10 :]) * 1e3 for each in times)
    print(f"{what:22} {many:.2f} ms with {MANY:,} invitees, {few:.2f} ms with {FEW}: {many / few:.2f}")


if __name__ == "__main__":
    main()

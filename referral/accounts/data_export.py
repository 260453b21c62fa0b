"""Exports everything stored about a phone number, for its owner (GDPR, article 15).

A number can have more events, sessions and invitees than memory, so these are iterators. They read a page
at a time, each in a statement of its own, and no transaction stays open while the reader is slow.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from referral import crypto
from referral.models import PhoneSignIn, Referral, ReferralVoid, SignInEvent, User

SECRETS = {"code_mac", "code_salt", "password"}  # useless to the owner, useful to a thief
PAGE = 1000  # rows

Row = TypeVar("Row", bound=Model)


def export(number: str) -> dict[str, Any]:
    """Everything stored about an E.164 number: values for DjangoJSONEncoder, dicts of them, and iterators.

    Times are UTC. An iterator must be read before the next one is asked for its rows.
    """
    user = User.objects.filter(phone=number).first()
    sign_in = PhoneSignIn.objects.filter(phone_hash=crypto.phone_hash(number)).first()
    return {
        "phone": number,
        "sign_in": _row(sign_in) if sign_in else None,
        "events": map(_row, _pages(SignInEvent.objects.filter(phone=number), "created_at")),
        "user": _user(user) if user else None,
    }


def _user(user: User) -> dict[str, Any]:
    invited_by = Referral.objects.filter(invitee=user).first()
    voids = ReferralVoid.objects.filter(Q(invitee=user) | Q(inviter=user))
    return _row(user) | {
        "groups": [group.name for group in user.groups.all()],
        "permissions": sorted(user.get_user_permissions()),
        "sessions": map(_row, _pages(user.sessions.all(), "created_at")),
        "invited_by": _row(invited_by) if invited_by else None,
        "invitees": map(_invitee, _pages(user.referrals_as_inviter.select_related("invitee"), "created_at")),
        "voided_referrals": map(_row, _pages(voids, "voided_at")),
    }


def _pages(rows: QuerySet[Row], at: str) -> Iterator[Row]:
    """The rows in the order of a column with times, and of the primary key where two are the same."""
    page = rows = rows.order_by(at, "pk")
    while batch := list(page[:PAGE]):
        yield from batch
        time, key = getattr(batch[-1], at), batch[-1].pk
        page = rows.filter(Q(**{f"{at}__gt": time}) | Q(pk__gt=key), **{f"{at}__gte": time})


def _invitee(referral: Referral) -> dict[str, Any]:
    return _row(referral) | {"phone": referral.invitee.phone}


def _row(row: Model) -> dict[str, Any]:
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in names if name not in SECRETS}

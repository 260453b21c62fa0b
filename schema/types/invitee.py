"""The users whom a user invited, as pages of a Relay connection.

Strawberry's own connections add a Node interface and a count over all rows. This one needs only the two
functions of the domain that read a page, and signed cursors.
"""

from datetime import UTC, datetime
from typing import Annotated, TypeGuard, TypeVar
from uuid import UUID

import strawberry
import strawberry_django
from django.core.signing import BadSignature
from strawberry import argument as described
from strawberry.relay import PageInfo

from referral import crypto, models
from referral.invites import invitees as domain
from schema import ids
from schema.errors import BadUserInput
from schema.scalars import PhoneNumber

T = TypeVar("T")

LONGEST_LIST = 100
PAGE = 20


@strawberry_django.type(
    models.Referral, name="Invitee", description="A user who activated another user's invite code."
)
class Invitee:
    @strawberry_django.field(description="Unique across all types.")
    def id(self, root: strawberry.Parent[models.Referral]) -> strawberry.ID:
        return ids.encode("Invitee", root.invitee_id)

    @strawberry_django.field(description="Null once the account is deleted.")
    def phone(self, root: strawberry.Parent[models.Referral]) -> PhoneNumber | None:
        return PhoneNumber(root.invitee.phone) if root.invitee.phone else None

    @strawberry_django.field(description="When the invite code was activated.")
    def invited_at(self, root: strawberry.Parent[models.Referral]) -> datetime:
        return root.created_at


@strawberry.type(description="An invitee and its position in the list.")
class InviteeEdge:
    cursor: str = strawberry.field(description="The position, for `after` and `before`.")
    node: models.Referral = strawberry.field(graphql_type=Invitee, description="The invitee.")


@strawberry.type(description="A page of invitees, newest first.")
class InviteeConnection:
    edges: list[InviteeEdge] = strawberry.field(description="The invitees on this page.")
    page_info: PageInfo = strawberry.field(
        description="Whether there are more pages, and the cursors that lead to them."
    )


@strawberry_django.field(
    description="The users who activated this user's invite code, newest first, in pages: 20 a page by "
    "default, at most 100."
)
def invitees(
    root: strawberry.Parent[models.User],
    first: Annotated[int | None, described("How many of the newest to return, 1 to 100.")] = strawberry.UNSET,
    after: Annotated[str | None, described("Only invitees older than this cursor.")] = strawberry.UNSET,
    last: Annotated[int | None, described("How many of the oldest to return, 1 to 100.")] = strawberry.UNSET,
    before: Annotated[str | None, described("Only invitees newer than this cursor.")] = strawberry.UNSET,
) -> InviteeConnection:
    between = {"after": _position(root.id, after), "before": _position(root.id, before)}
    if not _is_given(last):
        count = require_count("first", first) if _is_given(first) else PAGE
        page = domain.newest(inviter_id=root.id, count=count, **between)
    elif not _is_given(first):
        page = domain.oldest(inviter_id=root.id, count=require_count("last", last), **between)
    else:
        raise BadUserInput("Use first or last, not both.")
    return _connection(page)


def require_count(name: str, count: int) -> int:
    """The count, if it is from 1 to 100. Raises BadUserInput otherwise."""
    if not 1 <= count <= LONGEST_LIST:
        raise BadUserInput(f"{name} must be from 1 to {LONGEST_LIST}.")
    return count


def _is_given(argument: T | None) -> TypeGuard[T]:
    """Whether an argument was given and is not null."""
    return argument is not None and argument is not strawberry.UNSET


def _connection(page: domain.Page) -> InviteeConnection:
    edges = [InviteeEdge(cursor=cursor_of(referral), node=referral) for referral in page.referrals]
    return InviteeConnection(
        edges=edges,
        page_info=PageInfo(
            has_next_page=page.has_older,
            has_previous_page=page.has_newer,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
    )


def cursor_of(referral: models.Referral) -> str:
    """A signed cursor for the position of a referral in its inviter's list."""
    place = [referral.created_at.isoformat(), referral.invitee_id.hex]
    return crypto.sign(f"invitees of {referral.inviter_id}", place)


def _position(inviter_id: UUID, cursor: str | None) -> domain.Position | None:
    if not _is_given(cursor):
        return None
    try:
        created_at, invitee_id = crypto.unsign(f"invitees of {inviter_id}", cursor)
        return domain.Position(datetime.fromisoformat(created_at).astimezone(UTC), UUID(invitee_id))
    except (BadSignature, AttributeError, OverflowError, TypeError, ValueError):
        raise BadUserInput("This cursor does not belong to this list.") from None

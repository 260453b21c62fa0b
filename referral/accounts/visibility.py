"""Which users a viewer may see."""

from django.db.models import Exists, OuterRef, Q

from referral.budgets.budget import hidden_profiles, reserved
from referral.client import UNKNOWN, Client
from referral.models import Referral, User
from referral.refusals import InvalidPhone
from referral.text import phone_numbers


def visible_to(viewer: User, phone: str, client: Client = UNKNOWN) -> User | None:
    """The user with a phone number (in any spelling), if it is the viewer, their inviter or their invitee.

    None for all other users and for numbers without an account. Both take the same single statement, so
    the answer does not tell which numbers have accounts. Raises RateLimited for a viewer or a client who
    tries many numbers, to find the owner of an invite code that they activated.
    """
    with reserved(*hidden_profiles(client, viewer.id)) as reservation:
        reservation.require()
        user = _visible(viewer, phone)
        reservation.kept = user is None
        return user


def _visible(viewer: User, phone: str) -> User | None:
    try:
        number = phone_numbers.parse(phone)
    except InvalidPhone:
        return None
    invited_by_viewer = Referral.objects.filter(invitee=OuterRef("id"), inviter=viewer)
    invited_viewer = Referral.objects.filter(invitee=viewer, inviter=OuterRef("id"))
    linked = Q(id=viewer.id) | Exists(invited_by_viewer) | Exists(invited_viewer)
    return User.objects.filter(linked, phone=number).first()

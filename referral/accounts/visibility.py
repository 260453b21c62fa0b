"""Which users a viewer may see."""

from django.db.models import Exists, OuterRef, Q

from referral.models import Referral, User
from referral.refusals import InvalidPhone
from referral.text import phone_numbers


def visible_to(viewer: User, phone: str) -> User | None:
    """The user with a phone number (in any spelling), if it is the viewer, their inviter or their invitee.

    None for all other users and for numbers without an account. Both take the same single statement, so
    the answer does not tell which numbers have accounts.
    """
    try:
        number = phone_numbers.parse(phone)
    except InvalidPhone:
        return None
    invited_by_viewer = Referral.objects.filter(invitee=OuterRef("id"), inviter=viewer)
    invited_viewer = Referral.objects.filter(invitee=viewer, inviter=OuterRef("id"))
    linked = Q(id=viewer.id) | Exists(invited_by_viewer) | Exists(invited_viewer)
    return User.objects.filter(linked, phone=number).first()

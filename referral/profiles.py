"""What users see of each other."""

from django.db.models import Exists, OuterRef, Q

from referral import phone_numbers
from referral.models import Referral, User
from referral.refusals import InvalidPhone


def visible_to(viewer: User, phone: str) -> User | None:
    """Whoever has a phone number (in any spelling), for themselves, their inviter and their invitees.

    None for anybody else, as for a number that nobody has: one statement each, so that nobody learns
    whose numbers are known here.
    """
    try:
        number = phone_numbers.parse(phone)
    except InvalidPhone:
        return None
    invited_by_viewer = Referral.objects.filter(invitee=OuterRef("id"), inviter=viewer)
    invited_viewer = Referral.objects.filter(invitee=viewer, inviter=OuterRef("id"))
    linked = Q(id=viewer.id) | Exists(invited_by_viewer) | Exists(invited_viewer)
    return User.objects.filter(linked, phone=number).first()

"""Erasing an account removes its personal data and keeps what other users' counts depend on."""

from uuid import UUID

from django.db import transaction

from referral import sessions
from referral.accounts.locking import lock_account
from referral.models import Referral, SignInEvent, User
from referral.refusals import InvalidPhone, PhoneMismatch
from referral.sign_in import codes
from referral.text import phone_numbers


def delete(*, user: User, phone: str) -> None:
    """Erase the user's account if `phone` is its number, in any spelling. Raises PhoneMismatch if not."""
    try:
        confirmed = phone_numbers.parse(phone) == user.phone
    except InvalidPhone:
        confirmed = False
    if not confirmed:
        raise PhoneMismatch
    erase(user.id)


def erase(user_id: UUID) -> bool:
    """Erase an account: its number, sessions, events and rights. False if it is missing or already erased.

    The emptied user row stays, because referrals point to it. The number's sign-in row stays too: it
    holds no number, only the budgets and whether the number was an invitee.
    """
    with transaction.atomic(durable=True):
        locked = lock_account(user_id)
        if locked is None:
            return False
        row, user = locked
        row.was_invitee = row.was_invitee or Referral.objects.filter(invitee=user).exists()
        codes.void(row)
        row.save()
        sessions.erase_all(user_id)
        SignInEvent.objects.filter(phone=user.phone).delete()
        _clear(user)
    return True


def _clear(user: User) -> None:
    user.phone = user.last_login = None
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.groups.clear()
    user.user_permissions.clear()
    user.save()

"""Erasing an account: what was personal is gone, and whatever others counted on stays."""

from uuid import UUID

from django.db import transaction

from referral import crypto, phone_numbers, sessions, sign_in_codes
from referral.models import PhoneSignIn, Referral, SignInEvent, User
from referral.refusals import InvalidPhone, PhoneMismatch
from referral.users import lock_users


def delete(*, user: User, phone: str) -> None:
    """Erase a user's own account, confirmed by its phone number in any spelling. Raises PhoneMismatch."""
    try:
        confirmed = phone_numbers.parse(phone) == user.phone
    except InvalidPhone:
        confirmed = False
    if not confirmed:
        raise PhoneMismatch
    erase(user.id)


def erase(user_id: UUID) -> bool:
    """Erase an account: its number, sessions, events and rights. False if there is none (any more).

    The user's row stays without any of them, for those whom they invited and who invited them. So
    does the number's sign-in row, which holds no number: its budgets, and that it was an invitee.
    """
    phone = User.objects.filter(id=user_id).values_list("phone", flat=True).first()
    if phone is None:
        return False
    with transaction.atomic(durable=True):
        row = PhoneSignIn.objects.insert_or_lock(crypto.phone_hash(phone))
        user = lock_users(user_id)[user_id]
        if user.phone is None:  # erased while the locks were waited for
            return False
        row.was_invitee = row.was_invitee or Referral.objects.filter(invitee=user).exists()
        sign_in_codes.void(row)
        row.save()
        sessions.erase_all(user_id)
        SignInEvent.objects.filter(phone=phone).delete()
        _forget(user)
    return True


def _forget(user: User) -> None:
    user.phone = user.last_login = None
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.groups.clear()
    user.user_permissions.clear()
    user.save()

"""Locks on a whole account, in the order that every operation takes them: PhoneSignIn, User, Session."""

from uuid import UUID

from referral import crypto
from referral.models import PhoneSignIn, User
from referral.people.users import lock_users


def lock_account(user_id: UUID) -> tuple[PhoneSignIn, User] | None:
    """The sign-in row and the user, locked until the transaction ends; None if missing or erased.

    The lock on the sign-in row makes sign-ins wait: they see what this transaction wrote.
    """
    phone = User.objects.filter(id=user_id).values_list("phone", flat=True).first()
    if phone is None:
        return None
    row = PhoneSignIn.objects.insert_or_lock(crypto.phone_hash(phone))
    user = lock_users(user_id)[user_id]
    return (row, user) if user.phone == phone else None  # erased while this transaction waited

"""Access of an account, for staff: disabling and enabling it, and making its user staff."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from referral import sessions
from referral.accounts.locking import lock_account
from referral.models import User


def disable(user_id: UUID, *, now: datetime) -> bool:
    """Disable an account and end its sessions. None of them revives when it is enabled again.

    A sign-in at the same time is refused, or its session ends too. Removes the password, which ends the
    user's sessions in the admin: Django ties them to its hash. False if the account is missing or erased.
    """
    with transaction.atomic():
        done = _update(user_id, is_active=False, password=make_password(None))
        if done:
            sessions.end_all(user_id=user_id, now=now)
    return done


def enable(user_id: UUID) -> bool:
    """Let the user of a disabled account sign in again. False if the account is missing or erased."""
    return _update(user_id, is_active=True)


def set_rank(user_id: UUID, *, is_staff: bool, is_superuser: bool) -> bool:
    """Make a user staff, a superuser or neither. False if the account is missing or erased.

    Removes the password of a user who is not staff, so that no session in the admin revives later.
    """
    removed = {} if is_staff else {"password": make_password(None)}
    return _update(user_id, is_staff=is_staff, is_superuser=is_superuser, **removed)


def replace_password(user: User, before: str) -> bool:
    """Save the password set on a user, unless the stored hash is no longer `before`.

    Hashing takes long enough for the user to be disabled or demoted meanwhile. Returns whether it was saved.
    """
    return bool(User.objects.filter(id=user.id, password=before).update(password=user.password))


def _update(user_id: UUID, **values: Any) -> bool:
    with transaction.atomic():
        locked = lock_account(user_id)
        return locked is not None and bool(User.objects.filter(id=user_id).update(**values))

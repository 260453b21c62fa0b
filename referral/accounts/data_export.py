"""Exports everything stored about a phone number, for its owner (GDPR, article 15)."""

from typing import Any

from django.db.models import Model, Q

from referral import crypto
from referral.models import PhoneSignIn, Referral, ReferralVoid, SignInEvent, User

SECRETS = {"code_mac", "code_salt", "password"}  # useless to the owner, useful to a thief


def export(number: str) -> dict[str, Any]:
    """Everything stored about an E.164 number, as a dict for DjangoJSONEncoder. Times are UTC."""
    user = User.objects.filter(phone=number).first()
    sign_in = PhoneSignIn.objects.filter(phone_hash=crypto.phone_hash(number)).first()
    return {
        "phone": number,
        "sign_in": _row(sign_in) if sign_in else None,
        "events": [_row(event) for event in SignInEvent.objects.filter(phone=number).order_by("id")],
        "user": _user(user) if user else None,
    }


def _user(user: User) -> dict[str, Any]:
    invited_by = Referral.objects.filter(invitee=user).first()
    voids = ReferralVoid.objects.filter(Q(invitee=user) | Q(inviter=user))
    return _row(user) | {
        "groups": [group.name for group in user.groups.all()],
        "permissions": sorted(user.get_user_permissions()),
        "sessions": [_row(session) for session in user.sessions.order_by("created_at")],
        "invited_by": _row(invited_by) if invited_by else None,
        "invitees": [
            _row(referral) | {"phone": referral.invitee.phone}
            for referral in user.referrals_as_inviter.select_related("invitee").order_by("created_at")
        ],
        "voided_referrals": [_row(void) for void in voids.order_by("voided_at")],
    }


def _row(row: Model) -> dict[str, Any]:
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in names if name not in SECRETS}

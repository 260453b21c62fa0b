"""Lists on a user's page, limited to the newest entries. None shows as a dash."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from referral.models import Referral, Session, User

NEWEST = 50


def inviter(user: User) -> SafeString | None:
    """A link to the user's inviter."""
    referral = Referral.objects.select_related("inviter").filter(invitee=user).first()
    return _lines([(_link(referral.inviter), _instant(referral.created_at))] if referral else [])


def invitees(user: User) -> SafeString | None:
    """Links to the user's newest invitees."""
    referrals = Referral.objects.select_related("invitee").filter(inviter=user)
    newest = referrals.order_by("-created_at", "-invitee")[:NEWEST]
    return _lines((_link(referral.invitee), _instant(referral.created_at)) for referral in newest)


def sessions(user: User) -> SafeString | None:
    """The user's newest sessions: time, state, IP address and user agent."""
    newest = Session.objects.filter(user=user).order_by("-created_at")[:NEWEST]
    return _lines((_instant(session.created_at), _device(session)) for session in newest)


def _device(session: Session) -> str:
    state = f"ended {_instant(session.ended_at)}" if session.ended_at else "not ended"
    used = f"last used {_instant(session.last_used_at)}"
    return ", ".join(filter(None, [state, used, session.ip_address, session.user_agent]))


def _link(user: User) -> SafeString:
    url = reverse("admin:referral_user_change", args=[user.id])
    return format_html('<a href="{}">{}</a>', url, user.phone or "erased")


def _instant(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"


def _lines(rows: Iterable[tuple[str, str]]) -> SafeString | None:
    return format_html_join("", "<div>{}: {}</div>", rows) or None

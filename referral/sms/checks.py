"""System checks for the settings of the SMS gateways."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004, its name
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from referral.sms.gateway import gateways, is_simulated
from referral.sms.segments import segments
from referral.sms.text import has_room_for_name, sign_in_text

LONGEST_TIMEOUT = 20  # seconds; a stopping worker waits 30


@register
def sms_url(**_: Any) -> Sequence[CheckMessage]:
    """SMS_URL names gateways that exist, and SMS_TIMEOUT is in range."""
    try:
        gateways()
    except ImproperlyConfigured as error:
        hint = "Use console:// to print codes. docs/sms.md lists the others."
        return [Error(str(error), hint=hint, id="referral.E001")]
    if settings.SMS_URL.split() and 0 < settings.SMS_TIMEOUT <= LONGEST_TIMEOUT:
        return []
    hint = f"Name at least one gateway in SMS_URL, and set SMS_TIMEOUT to {LONGEST_TIMEOUT} seconds or less."
    return [Error("SMS_URL or SMS_TIMEOUT is out of range.", hint=hint, id="referral.E001")]


@register
def segments_of_texts(**_: Any) -> Sequence[CheckMessage]:
    """The text of a sign-in SMS fits into one billed message, with the brand's name."""
    code = "0" * settings.SIGN_IN_POLICY.guarded_length
    found = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            count, has_name = segments(sign_in_text(code)), has_room_for_name(code)
        if count > 1 and not is_simulated():
            message = f"The text of an SMS in {language} is billed as {count} messages."
            hint = "Shorten sms/sign_in.txt, or the host of PUBLIC_URL: docs/sms.md."
            found.append(Warning(message, hint=hint, id="referral.W001"))
        if not has_name and not is_simulated():
            message = (
                f"The text of an SMS in {language} goes without BRAND_NAME, which would cost another message."
            )
            hint = "Shorten the name, or write it in Latin letters, or change sms/sign_in.txt: docs/sms.md."
            found.append(Warning(message, hint=hint, id="referral.W003"))
    return found


@register
def demonstration_codes(**_: Any) -> Sequence[CheckMessage]:
    """DEMO_CODES, which shows codes to anyone, is off with a real gateway."""
    if settings.DEBUG or is_simulated() or not settings.DEMO_CODES:
        return []
    hint = "Turn DEMO_CODES off, or use console://."
    return [Error("DEMO_CODES is on with a real SMS gateway.", hint=hint, id="referral.E006")]


@register
def simulated_texts(**_: Any) -> Sequence[CheckMessage]:
    """A server outside of development and demonstrations has a real gateway."""
    if settings.DEBUG or settings.DEMO_CODES or "console://" not in settings.SMS_URL:
        return []
    hint = "Set SMS_URL to a real gateway, or DEMO_CODES=true for a demonstration."
    return [Error("The SMS gateway is a simulation: no code arrives.", hint=hint, id="referral.E007")]


@register
def bill(**_: Any) -> Sequence[CheckMessage]:
    """Texts through a real gateway have a ceiling."""
    if settings.DEBUG or is_simulated() or settings.SIGN_IN_POLICY.service_sends is not None:
        return []
    hint = (
        "Set it to twice the codes of a busy day. docs/security.md says what an attacker can send without it."
    )
    return [Warning("SMS_PER_DAY is not set: the bill has no ceiling.", hint=hint, id="referral.W002")]

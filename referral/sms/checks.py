"""What is wrong with how texts are sent, said when a command or a server starts."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004, its name
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from referral.sms.gateway import gateways, is_simulated
from referral.sms.segments import segments
from referral.sms.text import sign_in_text

LONGEST_TIMEOUT = 20  # seconds; a worker that ends waits for 30


@register
def sms_url(**_: Any) -> Sequence[CheckMessage]:
    """SMS_URL names a gateway."""
    try:
        gateways()
    except ImproperlyConfigured as error:
        hint = "Use console:// to print codes; docs/sms.md has the rest."
        return [Error(str(error), hint=hint, id="referral.E001")]
    if settings.SMS_URL.split() and 0 < settings.SMS_TIMEOUT <= LONGEST_TIMEOUT:
        return []
    hint = f"SMS_URL names at least one gateway, and SMS_TIMEOUT is at most {LONGEST_TIMEOUT} seconds."
    return [Error("SMS_URL or SMS_TIMEOUT is out of range.", hint=hint, id="referral.E001")]


@register
def segments_of_texts(**_: Any) -> Sequence[CheckMessage]:
    """Nobody pays for two messages where one would do."""
    code = "0" * settings.SIGN_IN_POLICY.guarded_length
    found = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            count = segments(sign_in_text(code))
        if count > 1 and not is_simulated():
            message = f"The text of an SMS in {language} is billed as {count} messages."
            hint = "Shorten sms/sign_in.txt, or the host of PUBLIC_URL: docs/sms.md."
            found.append(Warning(message, hint=hint, id="referral.W001"))
    return found


@register
def demonstration_codes(**_: Any) -> Sequence[CheckMessage]:
    """Nobody pays for texts whose codes everybody can read."""
    if settings.DEBUG or is_simulated() or not settings.DEMO_CODES:
        return []
    hint = "Switch DEMO_CODES off, or use console://."
    return [Error("DEMO_CODES is on with a real SMS gateway.", hint=hint, id="referral.E006")]


@register
def simulated_texts(**_: Any) -> Sequence[CheckMessage]:
    """Nobody waits for a text that is only printed."""
    if settings.DEBUG or settings.DEMO_CODES or "console://" not in settings.SMS_URL:
        return []
    hint = "Set SMS_URL to a real one, or DEMO_CODES=true for a demonstration."
    return [Error("The SMS gateway is a simulation: no code arrives.", hint=hint, id="referral.E007")]

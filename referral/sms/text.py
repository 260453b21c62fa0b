from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from referral.sms.segments import segments
from referral.text.hosts import ascii_host


def sign_in_text(code: str) -> str:
    """The text of a sign-in SMS, in the active language, with the brand's name if that costs nothing.

    The last line binds the code to the page's host, so that phones offer to fill it in only there
    (https://wicg.github.io/sms-one-time-codes/). `sms/sign_in.txt` in TEMPLATE_DIR overrides ours.
    """
    return min(_texts(code), key=segments)  # the first of equals


def has_room_for_name(code: str) -> bool:
    """Whether the text with the brand's name is billed as no more messages than without it."""
    named, *plain = _texts(code)
    return all(segments(named) <= segments(text) for text in plain)


def _texts(code: str) -> list[str]:
    """The text with the brand's name if there is one, and without it."""
    sentences = [gettext("Your sign-in code: %(code)s. Don't share it with anyone.") % {"code": code}]
    if settings.BRAND_NAME:
        named = gettext("%(brand)s: your sign-in code is %(code)s. Don't share it with anyone.")
        sentences.insert(0, named % {"brand": settings.BRAND_NAME, "code": code})
    return [_rendered(sentence, code) for sentence in sentences]


def _rendered(sentence: str, code: str) -> str:
    host = ascii_host(urlsplit(settings.PUBLIC_URL).hostname or "")
    # Marked safe because an SMS is not HTML: an operator's template must not escape the apostrophe.
    brand, sentence = SafeString(settings.BRAND_NAME), SafeString(sentence)
    context = {"brand": brand, "code": code, "host": host, "sentence": sentence}
    return render_to_string("sms/sign_in.txt", context).strip()

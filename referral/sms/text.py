from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from referral.text.hosts import ascii_host


def sign_in_text(code: str) -> str:
    """The text of a sign-in SMS, in the active language.

    The last line binds the code to the page's host, so that phones offer to fill it in only there
    (https://wicg.github.io/sms-one-time-codes/). `sms/sign_in.txt` in TEMPLATE_DIR overrides ours.
    """
    sentence = gettext("Your sign-in code: %(code)s. Don't share it with anyone.") % {"code": code}
    host = ascii_host(urlsplit(settings.PUBLIC_URL).hostname or "")
    # Marked safe because an SMS is not HTML: an operator's template must not escape the apostrophe.
    context = {"code": code, "host": host, "sentence": SafeString(sentence)}
    return render_to_string("sms/sign_in.txt", context).strip()

from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext


def sign_in_text(code: str) -> str:
    """The text of a sign-in SMS, in the language that is active.

    Its last line binds the code to the page's host, so that phones offer to fill it in there and
    nowhere else (https://wicg.github.io/sms-one-time-codes/). `sms/sign_in.txt` in TEMPLATE_DIR
    outranks ours.
    """
    sentence = gettext("Your sign-in code: %(code)s. Tell it to nobody.") % {"code": code}
    host = urlsplit(settings.PUBLIC_URL).hostname
    return render_to_string("sms/sign_in.txt", {"code": code, "host": host, "sentence": sentence}).strip()

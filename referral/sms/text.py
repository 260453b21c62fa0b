from django.utils.translation import gettext


def sign_in_text(code: str) -> str:
    """The text of a sign-in SMS, in the language that is active."""
    return gettext("Your sign-in code: %(code)s. Tell it to nobody.") % {"code": code}

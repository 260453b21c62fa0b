"""Finding the digits in a phone number as typed, pasted or linked."""

import re
from urllib.parse import unquote

from referral.refusals import InvalidPhone, PhoneReason
from referral.text.spelling import fold

LONGEST = 200  # characters, including the parameters of a `tel:` link
AROUND = " \"'`<>()[]{}«»„“”‟‘’‚‛‹›「」*_|,.;:!?…-/\\"  # brackets, quotes, Markdown, the end of a sentence
NUMBER = re.compile(r"[+ (]*[0-9 ().\-/~\[\]]*")
LINK = re.compile(r"(?:tel|sms|smsto|callto):", re.IGNORECASE)
LABEL = re.compile(
    r"(?:telephone|tel|phone|mobile|mob|cell|телефон|тел|мобильный|моб|сотовый|сот)\b[.: ]*", re.IGNORECASE
)
PARAMETER = re.compile(r"([a-z][a-z0-9-]*)(?:=(.*))?", re.IGNORECASE)  # RFC 3966
EXTENSION = re.compile(
    r"[\d)] *(?:[,;# ]*(?:extension|extn?|x|добавочный|доб|вн)[.:= ]*|[,;#]+ ?)\d{1,7}$", re.IGNORECASE
)


def dialled(text: str) -> str:
    """The digits of a phone number in any spelling, behind a + if it is written in international format.

    Signs between the digits are dropped, so that no sign can make two numbers of one. Raises InvalidPhone
    for extensions, letters and other text.
    """
    if len(text) > LONGEST:
        raise InvalidPhone(PhoneReason.TOO_LONG)
    number = _without_label(fold(text, LONGEST).strip(AROUND)).strip(AROUND)
    if EXTENSION.search(number):
        raise InvalidPhone(PhoneReason.EXTENSION)
    if not NUMBER.fullmatch(number):
        raise InvalidPhone(PhoneReason.LETTERS if any(map(str.isalpha, number)) else PhoneReason.OTHER)
    digits = re.sub("[^0-9]", "", number)
    if not digits:
        raise InvalidPhone
    return "+" + digits if "+" in number else digits


def _without_label(text: str) -> str:
    link = LINK.match(text)
    if link is None or text[link.end() : link.end() + 1] == " ":
        return LABEL.sub("", text, count=1) if LABEL.match(text) else text
    number, *parameters = unquote(text[link.end() :]).partition("?")[0].split(";")
    for parameter in parameters:
        number = _with_parameter(fold(number, LONGEST), parameter)
    return fold(number, LONGEST)


def _with_parameter(number: str, parameter: str) -> str:
    match = PARAMETER.fullmatch(parameter)
    if match is None:  # another number, perhaps
        raise InvalidPhone
    name, value = match[1].lower(), match[2] or ""
    if name == "ext":
        raise InvalidPhone(PhoneReason.EXTENSION)
    if name == "phone-context" and value.startswith("+") and not number.startswith("+"):
        return value + number
    return number

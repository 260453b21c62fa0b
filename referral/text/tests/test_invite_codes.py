import string
import time

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from referral.text import invite_codes
from referral.text.invite_codes import ALPHABET, LENGTHS, LONGEST, normalise

CODES = st.integers(LENGTHS[0], LENGTHS[-1]).flatmap(
    lambda length: st.text(ALPHABET, min_size=length, max_size=length)
)


@pytest.mark.parametrize(
    "text",
    [
        "KX4P7M",
        " kx4p7m\n",
        "KX4-P7M",
        "k x 4 p 7 m",
        "KX4\u00a0P7M",
        "KX4\u2011P7M",
        "KX4–P7M",
        "ＫＸ４Ｐ７Ｍ",
        "ｋｘ４ｐ７ｍ",
        "𝐊𝐗𝟒𝐏𝟕𝐌",
        "КХ4Р7М",  # Cyrillic
        "кх4р7м",
        "КX4Р7M",  # mixed
        "«KX4P7M».",
        "(KX4P7M),",
        "**KX4P7M**",
        "__KX4P7M__",
        "`KX4P7M`!",
        "KX4P7M/",
        "\u2066KX4P7M\u2069",
        "https://example.com/i/KX4P7M",
        "https://example.com/i/kx4p7m/",
        "http://other.host:8000/i/KX4P7M?utm_source=ABCDEF&x=/#ABCDEF",
        "https://example.com/i/KX4P7M/qr.svg",
        "HTTPS://EXAMPLE.COM/I/KX4P7M",
        "example.com/i/KX4P7M.",
        "/i/KX4P7M",
        "https://example.com/i/КХ4Р7М",
        "https://example.com/i/%D0%9A%D0%A54%D0%A07%D0%9C",
        "https://example.com/i/KX4%20P7M",
        "https://example.com/i/«KX4P7M»",
        "https://away.example/?to=https%3A%2F%2Fexample.com%2Fi%2FKX4P7M",
        "<https://example.com/i/KX4P7M>;",
        "[вступай](https://example.com/i/KX4P7M)",
        '<a href="https://example.com/i/KX4P7M">KX4P7M</a>',
        "Привет! Вот ссылка: https://example.com/i/KX4P7M. Спасибо",
        "Код: KX4P7M\nили https://example.com/i/KX4P7M",
        "Код KX4P7M, повторяю: kx4p7m",
        "code=KX4P7M",
        "my code is KX4 P7M, thanks",
        "Thanks, please enter kx4p7m",  # THANKS could be a code, but is a word here
        "ВМЕСТЕ НАВЕРХ: КХ4Р7М",
        "KX4P7M 😀",
        "KX4P7M " + "и" * (LONGEST - 7),
    ],
)
def test_a_code_is_found_in_text(text):
    assert normalise(text) == "KX4P7M"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "KX4P7",
        "K" * 17,
        "KX4P7O",
        "KX4P70",
        "KX4P7I",
        "KX4P71",
        "KX4P7L",
        "КХ4Р7О",  # Cyrillic О
        "KX4P7Ж",
        "KX4P7²",
        "KX4P7É",
        "ß" * 6,
        "\ufb00" * 3,
        "KX4\x00P7M",
        "KX4\ud800P7M",
        "KX4P7M or ABCDEF",
        "KX4P7M, kx4p7n",
        "ABCDEF\nGHJKMN",
        "abcdef ghjkmn",
        "https://example.com/i/KX4P7M https://example.com/i/ABCDEF",
        "https://example.com/i/KX4P7M, код ABCDEF",
        "https://example.com/i/hello!",
        "https://example.com/KX4P7M",
        "https://example.com/",
        "KX4P7M " + "и" * LONGEST,
        "K" * 100_000,
    ],
)
def test_no_code_or_two_codes_are_none(text):
    assert normalise(text) is None


@pytest.mark.parametrize(
    ("cyrillic", "code"),
    [("АВЕКМН", "ABEKMH"), ("РСТХУА", "PCTXYA"), ("авекмн", "ABEKMH"), ("рстхуа", "PCTXYA")],
)
def test_cyrillic_letters_are_read_as_the_latin_ones_in_print(cyrillic, code):
    assert normalise(cyrillic) == normalise(f"Мой код: {cyrillic}!") == code


@pytest.mark.parametrize("length", LENGTHS)
def test_codes_of_every_length_are_drawn_and_read(length, settings):
    settings.INVITE_CODE_LENGTH = length
    code = invite_codes.draw()
    pairs = " ".join(code[at : at + 2] for at in range(0, length, 2))
    halves = f"{code[: length // 2]} {code[length // 2 :]}"
    spellings = [code, code.lower(), pairs, halves.lower(), f"https://example.com/i/{code}", f"<{code}>"]
    assert {normalise(text) for text in spellings} == {code}


@effort(max_examples=500, deadline=None)
@given(code=CODES, around=st.text(string.punctuation.replace("/", "").replace("%", "") + " \n«»", max_size=9))
def test_a_code_is_read_with_any_signs_around_it(code, around):
    assert normalise(around + code + around) == code
    assert normalise(code.lower()) == code
    assert normalise(f"{around} https://example.com/i/{code}?a={code} {around}") == code


@effort(max_examples=1_000, deadline=None)
@given(
    text=st.one_of(
        st.text(st.characters(), max_size=80), st.text(ALPHABET + "кх/i -%,\x00\ud800", max_size=80)
    )
)
def test_any_text_is_a_code_or_none(text):
    code = normalise(text)
    assert code is None or (len(code) in LENGTHS and set(code) <= set(ALPHABET) and normalise(code) == code)


@pytest.mark.parametrize("piece", ["K", "K-", "/i/", "%", "%2F", "-", "\ud800", "Й", "ﷺ"])
def test_long_text_is_read_in_linear_time(piece):
    started = time.monotonic()
    for text in (piece * (LONGEST // len(piece)), piece * 100_000):
        assert normalise(text) is None
    assert time.monotonic() - started < 5

import pytest

from core.accept_language import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("ru", "ru"),
        ("RU", "ru"),
        ("ru-RU", "ru"),
        ("ru-Cyrl-RU", "ru"),
        ("ru_RU", "ru"),
        ("ru_RU.UTF-8, ru", "ru"),
        ("ru_RU,en;q=0.5", "ru"),
        ("en_US,ru", "en"),
        ("en;q=0.5,ru;q=0.9", "ru"),
        ("fr, tlh;q=0.9, ru;q=0.1", "ru"),
        # Empty members.
        (",", "en"),
        (",ru", "ru"),
        ("ru,", "ru"),
        ("ru,,en", "ru"),
        ("en,,ru", "en"),
        ("ru, ,\t,en", "ru"),
        (";,ru", "ru"),
        # Odd members.
        ("я,ru", "ru"),
        ("\xff\x00,ru", "ru"),
        ("russian language,ru", "ru"),
        ("ru en", "en"),
        ("123, ru", "ru"),
        ("en-" + "a-" * 2000 + ",ru", "ru"),
        ("x" * 10_000 + ",ru", "ru"),
        ("xx," * 3500 + "ru", "ru"),
        ("a" * 10_000, "en"),
        # Weights: an unreadable one counts least.
        ("ru;q=abc", "ru"),
        ("ru;q=abc,en;q=0.1", "en"),
        ("ru;q=", "ru"),
        ("ru;q", "ru"),
        ("ru;q=nan,en", "en"),
        ("ru;q=1e999,en", "en"),
        ("ru;q=-1,en", "en"),
        ("en;q=0.3,ru;q=0.12345", "en"),
        ("en;q=0.9,ru;q=1.5", "ru"),
        ("en; q = 0.1 , ru ; Q=0.2", "ru"),
        ("en;level=1;q=0.1,ru;q=0.2", "ru"),
        ("ru;q=0", "en"),
        ("ru;q=0.000,en;q=0.1", "en"),
        # Any language.
        ("*", "en"),
        ("*,ru", "ru"),
        ("ru;q=0.5,*", "en"),
        ("ru,*;q=0.5", "ru"),
        ("*;q=0,ru", "ru"),
    ],
)
def test_the_best_supported_language_is_chosen(header, language):
    assert preferred(header) == language

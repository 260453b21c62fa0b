import pytest

from referral.text import sign_in_codes


@pytest.mark.parametrize(
    "text",
    [
        " 1234 ",
        "12-34",
        "1 2 3 4",
        "\u0661\u0662\u0663\u0664",
        "１２３４",
        "\u200e1234",
        "１２\u00a0\u2009３４",
        "12\u221234",
    ],
)
def test_spaces_hyphens_and_the_script_of_digits_do_not_matter(text):
    assert sign_in_codes.normalise(text) == "1234"


@pytest.mark.parametrize(
    "text", ["", " ", "123", "1" * 11, "abcd", "12a4", "1\x0034", "12😀4", "²²²²", "\ud800123", "1" * 100_000]
)
def test_a_text_that_is_not_four_to_ten_digits_cannot_be_a_code(text):
    assert sign_in_codes.normalise(text) is None

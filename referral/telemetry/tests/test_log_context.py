import pytest

from referral.telemetry.log_context import without_numbers


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("/i/271", "/i/271"),
        ("/i/2718", "/i/#"),
        ("/i/2 7-1(8)", "/i/#)"),
        ("/i/+7 911 000-00-01/x", "/i/+#/x"),
        ("P79110000001Q2", "P#Q2"),
    ],
)
def test_four_digits_may_be_a_code_and_are_left_out(text, left):
    assert without_numbers(text) == left

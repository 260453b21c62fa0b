"""The number of messages that a text is billed as (3GPP TS 23.038)."""

GSM_7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_TWICE = set("\f^{}\\[~]|€")  # these take two places each


def segments(text: str) -> int:
    """How many messages a text is billed as.

    One holds 160 GSM-7 characters, or 70 UTF-16 units if a character is not in GSM-7. Parts of a longer
    text hold 153 or 67.
    """
    if set(text) <= GSM_7 | GSM_7_TWICE:
        return _divided(sum(2 if letter in GSM_7_TWICE else 1 for letter in text), 160, 153)
    return _divided(len(text.encode("utf-16-be")) // 2, 70, 67)


def _divided(length: int, alone: int, together: int) -> int:
    return 1 if length <= alone else -(-length // together)

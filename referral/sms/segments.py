"""How many messages a text is billed as (3GPP TS 23.038)."""

GSM_7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_TWICE = set("\f^{}\\[~]|€")  # these take two places each


def segments(text: str) -> int:
    """One up to 160 characters, or 70 if one of them is not of the GSM alphabet; then a little less each."""
    if set(text) <= GSM_7 | GSM_7_TWICE:
        return _divided(sum(2 if letter in GSM_7_TWICE else 1 for letter in text), 160, 153)
    return _divided(len(text.encode("utf-16-be")) // 2, 70, 67)


def _divided(length: int, alone: int, together: int) -> int:
    return 1 if length <= alone else -(-length // together)

"""Letters of symbol fonts, which Word stores by their place in the font, as the signs a person sees."""

from __future__ import annotations

# Symbol (Adobe encoding) beyond ASCII, and the places where it differs from ASCII.
_SYMBOL = {
    0x2D: "−", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±",
    0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕",
    0xD7: "⋅", 0xDE: "⇒", 0xE5: "∑", 0x44: "Δ", 0x53: "Σ", 0x61: "α", 0x62: "β",
}  # fmt: skip
# Wingdings: only what office documents use.
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA0: "•", 0xA7: "▪",
    0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x46: "☞",
    0x28: "☎", 0x2A: "✉",
}  # fmt: skip
_PRIVATE = 0xF000


def symbol(code: int, font: str | None) -> str | None:
    """The sign at a place of a symbol font, None where it is not known.

    >>> symbol(0xF0B3, "Symbol"), symbol(0xF0FC, "Wingdings"), symbol(0xF035, "Symbol"), symbol(0xF001, "Wingdings")
    ('≥', '✓', '5', None)
    """
    place = code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code
    if font is not None and font.lower().startswith(("wingdings", "webdings")):
        return _WINGDINGS.get(place)
    if place in _SYMBOL:
        return _SYMBOL[place]
    # digits and punctuation stand in Symbol where ASCII has them; letters are Greek
    return chr(place) if 0x20 <= place < 0x40 else None if place < 0x100 else chr(place)


def replace_private(text: str, font: str | None) -> tuple[str, bool]:
    """The text with private letters (U+F000 to U+F0FF) made visible; and whether all of them were known.

    An unknown one stays as it is.
    """
    if not any(0xF000 <= ord(letter) <= 0xF0FF for letter in text):
        return text, True
    known = True
    shown = []
    for letter in text:
        made = symbol(ord(letter), font) if 0xF000 <= ord(letter) <= 0xF0FF else letter
        known = known and made is not None
        shown.append(letter if made is None else made)
    return "".join(shown), known

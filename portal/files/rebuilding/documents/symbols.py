"""Signs of the fonts of symbols that Word and its users know, as signs that every font has."""

LATIN = "abcdefghijklmnopqrstuvwxyz"
GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
FONTS = {
    "Symbol": dict(
        zip(
            f"{LATIN}{LATIN.upper()}\xa3\xb3\xb1\xb4\xb8\xb9\xbb\xa5\xac\xae\xb0\xb7\xd7\xde-",
            f"{GREEK}{GREEK.upper()}≤≥±×÷≠≈∞←→°•⋅⇒−",
            strict=True,
        )
    ),
    "Wingdings": dict(
        zip(
            "ACEFJLlnoqux\x9f\xa7\xa8\xb7\xd8\xdf\xe0\xe1\xe2\xe8\xf0\xfb\xfc\xfd\xfe",
            "✌👍👈👉☺☹●■□❑◆⌧•▪◻▪➢←→↑↓➔⇨✗✓☒☑",
            strict=True,
        )
    ),
    "Wingdings 2": dict(zip("OPQRST\xa2\xa3", "✗✓☒☑☒☒■□", strict=True)),
}


def sign_of(point: int, font: str) -> str:
    """Return what a font shows at a place, as Word counts it; "" where that is not known here."""
    letter = chr(point & 0xFF) if 0xF000 <= point < 0xF100 or point < 0x100 else chr(point)
    if font in FONTS:
        return FONTS[font].get(letter, letter if letter.isdigit() or letter in " ()[]" else "")
    return letter if point < 0xE000 and letter.isprintable() else ""

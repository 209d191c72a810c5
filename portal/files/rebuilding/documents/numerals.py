"""Numbers as lists write them."""

ROMAN = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
    (1, "i"),
)  # fmt: skip
LETTERS = {
    "letter": "abcdefghijklmnopqrstuvwxyz",
    "russian": "абвгдежзиклмнопрстуфхцчшщэюя",
    "arabicalpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicabjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "hebrew": "אבגדהוזחטיכלמנסעפצקרשת",
}


def numeral(number: int, style: str) -> str:
    """
    Write a number as a style ("lowerRoman", "a", "arabicAlpha") does.

    In digits where nobody would write it so, or in a style that is not known here.
    """
    style = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}.get(
        style, style
    )
    kind = style.lower().removeprefix("lower").removeprefix("upper").removesuffix("lower")
    words = str(number)
    if kind == "roman" and 0 < number < 400:
        words = ""
        for value, sign in ROMAN:
            words += sign * (number // value)
            number %= value
    elif (letters := LETTERS.get(kind.removesuffix("upper"))) and 0 < number < 400:
        turns, place = divmod(number - 1, len(letters))
        words = letters[place] * (turns + 1)
    return words.upper() if "upper" in style.lower() else words

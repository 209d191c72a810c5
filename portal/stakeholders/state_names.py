"""What states are called in the portal's five languages: by the register, and by the CLDR."""

import csv
from functools import cache
from pathlib import Path

from babel import Locale

LANGUAGES = ("en", "fr", "es", "ru", "ar")
FILE = Path(__file__).parent / "data" / "states.csv"
# Names in daily use that the CLDR's own list leaves out.
ALSO = {
    "CD": ("DR Congo", "RDC", "République démocratique du Congo", "ДР Конго"),
    "CI": ("Ivory Coast", "Costa de Marfil", "كوت ديفوار"),
    "CV": ("Cape Verde",),
    "CZ": ("Czech Republic", "République tchèque", "República Checa", "Чешская Республика"),
    "GB": ("UK", "Great Britain", "Grande-Bretagne", "Gran Bretaña", "Соединенное Королевство"),
    "KR": ("South Korea", "République de Corée", "República de Corea", "Южная Корея"),
    "MD": ("Republic of Moldova", "République de Moldavie", "República de Moldavia"),
    "NL": ("Holland", "Hollande", "Holanda", "Голландия"),
    "US": ("USA", "United States of America", "États-Unis d’Amérique", "EE. UU.", "EEUU", "США"),
}


@cache
def names_of_states() -> dict[str, tuple[str, ...]]:
    """ISO code to every name, each once, of the states that the portal comes with; no database."""
    territories = [Locale(language).territories for language in LANGUAGES]
    with FILE.open(encoding="utf-8", newline="") as file:
        named = {row["iso2"]: row["name"] for row in csv.DictReader(file)}
    return {
        iso2: tuple(
            dict.fromkeys(
                [
                    name,
                    *(names[iso2] for names in territories if iso2 in names),
                    *ALSO.get(iso2, ()),
                ]
            )
        )
        for iso2, name in named.items()
    }

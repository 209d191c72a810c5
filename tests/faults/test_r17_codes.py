"""R17: codes cannot be guessed, are not kept, and cannot be tried out."""

import math
import statistics
import time
from collections import Counter

import pytest
from django.core.cache import cache
from django.core.management import call_command

from consultations.responses.access.codes import ALPHABET, LENGTH, hash_code, new_code, normalise
from consultations.responses.models import Draft, Response
from tests.consultations.responses.builders import consultation_that_asks, draft_to_send, sent
from tests.consultations.responses.walk import Visitor

pytestmark = pytest.mark.faults

DRAWN = 20_000


def test_a_code_has_at_least_80_bits():
    assert LENGTH * math.log2(len(ALPHABET)) >= 80


def test_every_place_of_a_code_holds_every_character_as_often():
    codes = [normalise(new_code()) for _number in range(DRAWN)]
    assert len(set(codes)) == DRAWN
    expected = DRAWN / len(ALPHABET)
    for place in range(LENGTH):
        counted = Counter(code[place] for code in codes)
        chi_squared = sum((counted[each] - expected) ** 2 / expected for each in ALPHABET)
        # 31 degrees of freedom; a fair draw passes 80 in 10⁻⁵ of all cases.
        assert chi_squared < 80, (place, counted)
    pairs = Counter(code[place : place + 2] for code in codes for place in range(LENGTH - 1))
    assert len(pairs) == len(ALPHABET) ** 2


def test_no_code_is_in_the_database_nor_can_be_read_from_what_is(consultations, tmp_path):
    page = consultation_that_asks()
    codes = [draft_to_send(page)[1] for _n in range(20)] + [sent(page)[1] for _n in range(20)]
    dump = tmp_path / "dump.json"
    call_command("dumpdata", "--output", str(dump), verbosity=0)
    whole = dump.read_text().upper()
    for code in codes:
        assert normalise(code) not in whole
        assert code not in whole
        assert hash_code(code).upper() in whole


@pytest.mark.usefixtures("one_minute")
def test_a_minute_takes_five_wrong_codes_wherever_they_are_put(consultations):
    page = consultation_that_asks()
    sent(page)
    visitor = Visitor(page)
    statuses = Counter(visitor.type_code(new_code(), hidden=False).status_code for _n in range(50))
    assert statuses == {422: 5, 429: 45}
    cache.clear()
    for _n in range(20):  # in the cookie, a code is no try at all, the right one neither
        visitor.client.cookies["handle-en"] = new_code()
        assert visitor.see("status").url == visitor.at("resume")


def test_how_long_a_wrong_code_takes_tells_nothing(consultations):
    """Unknown, of another consultation, and erased: no kind differs by more than the noise."""
    page, other = consultation_that_asks(), consultation_that_asks()
    foreign = [sent(other)[1] for _n in range(30)]
    erased = []
    for _n in range(30):
        draft, code = draft_to_send(page)
        erased.append(code)
        Draft.objects.filter(pk=draft.pk).delete()
    assert Response.objects.filter(consultation=other).count() == 30
    visitor = Visitor(page)
    kinds = {"unknown": [new_code() for _n in range(30)], "foreign": foreign, "erased": erased}
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    for place in range(30):
        for kind, codes in kinds.items():
            cache.clear()
            began = time.perf_counter()
            visitor.type_code(codes[place], hidden=False)
            took[kind].append(time.perf_counter() - began)
    middles = {kind: statistics.median(times) for kind, times in took.items()}
    assert max(middles.values()) < 1.5 * min(middles.values()), middles

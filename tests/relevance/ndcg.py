"""
nDCG, the figure that a ranking is judged by.

A document of grade g gains 2^g - 1, divided by log2 of its place plus 1; the sum over the first
places is held against the sum of the best order that the judged grades allow. This is how
Elasticsearch's own ranking evaluation counts, so figures may be compared.
"""

from collections.abc import Iterable, Sequence
from math import log2


def ndcg(found: Sequence[int], judged: Iterable[int], at: int = 10) -> float:
    """
    From 0 to 1: how near the grades found, in their order, come to the best order.

    `judged` are the grades of every document judged for the query, `found` those of the answer
    (0 for one unjudged). Raises ValueError where nothing judged is relevant: there is no best then.
    """
    best = _gain(sorted(judged, reverse=True)[:at])
    if not best:
        raise ValueError("nothing judged is relevant")
    return _gain(found[:at]) / best


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1))

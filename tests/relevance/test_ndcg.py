"""The figure itself, against values worked out by hand."""

import pytest

from tests.relevance.ndcg import ndcg


def test_the_best_order_is_one():
    assert ndcg([3, 2, 1, 0], [1, 2, 3]) == 1


def test_nothing_relevant_found_is_zero():
    assert ndcg([0, 0], [3]) == 0
    assert ndcg([], [3]) == 0


def test_the_second_place_counts_less_by_the_logarithm_of_its_place():
    # 7 at place 2 gains 7 / log2(3) = 4.4165; at place 1 it would gain 7.
    assert ndcg([0, 3], [3]) == pytest.approx(0.63093, abs=1e-5)


def test_grades_in_the_wrong_order():
    # Found 1, 3, 2: 1/1 + 7/1.58496 + 3/2 = 6.91651.
    # The best, 3, 2, 1: 7/1 + 3/1.58496 + 1/2 = 9.39279.
    assert ndcg([1, 3, 2], [3, 2, 1]) == pytest.approx(0.73636, abs=1e-5)


def test_what_was_judged_and_not_found_is_missed():
    # Found 3: 7. The best, 3, 3: 7 + 7/1.58496 = 11.41651.
    assert ndcg([3], [3, 3]) == pytest.approx(0.61315, abs=1e-5)


def test_places_past_the_tenth_count_for_nothing():
    assert ndcg([0] * 10 + [3], [3]) == 0
    assert ndcg([1] * 10, [1] * 30) == 1


def test_a_query_without_anything_relevant_has_no_figure():
    with pytest.raises(ValueError, match="nothing judged"):
        ndcg([0], [0])

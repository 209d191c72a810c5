"""Paths: reading order is the order of paths, whatever the tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.discussion.threads import paths

ids = st.integers(0, paths.MAX_ID)


@given(ids, ids)
def test_encoded_ids_sort_as_the_ids_do(one, other):
    assert (paths.encode(one) < paths.encode(other)) == (one < other)


@given(st.lists(ids, min_size=1, max_size=paths.MAX_DEPTH))
def test_a_path_tells_every_id_on_the_way(way):
    path = ""
    for comment_id in way:
        path = paths.child(path, comment_id)
    assert path == "".join(paths.encode(comment_id) for comment_id in way)
    assert paths.depth(path) == len(way)


@pytest.mark.parametrize("comment_id", [-1, paths.MAX_ID + 1])
def test_an_id_that_does_not_fit_is_refused(comment_id):
    with pytest.raises(ValueError, match="does not fit"):
        paths.encode(comment_id)


@given(st.lists(ids, min_size=paths.MAX_DEPTH, max_size=paths.MAX_DEPTH), ids)
def test_beyond_the_cap_a_reply_follows_its_parent_as_a_sibling(way, comment_id):
    deepest = ""
    for each in way:
        deepest = paths.child(deepest, each)
    path = paths.child(deepest, comment_id)
    assert len(path) == paths.MAX_LENGTH
    assert path[: -paths.WIDTH] == deepest[: -paths.WIDTH]


@st.composite
def trees(draw):
    """Parents of comments 1 … n: each answers an earlier one, or none (0)."""
    return [0] + [draw(st.integers(0, number)) for number in range(1, draw(st.integers(1, 60)))]


@given(trees())
def test_the_order_of_paths_is_reading_order_and_a_subtree_is_a_range(parents):
    path = {0: ""}
    for number, parent in enumerate(parents, start=1):
        path[number] = paths.child(path[parent], number)
    children = {number: [] for number in path}
    for number, parent in enumerate(parents, start=1):
        children[parent].append(number)

    def read(number):
        return [number, *(each for child in children[number] for each in read(child))]

    shallow = all(len(each) < paths.MAX_LENGTH for each in path.values())
    if shallow:
        assert sorted(path, key=path.__getitem__) == read(0)
        for number in path:
            inside = {each for each in path if path[each].startswith(path[number])}
            assert inside == set(read(number))

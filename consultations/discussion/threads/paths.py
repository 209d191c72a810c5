"""
Where a comment stands in its thread, as one sortable string.

A path is six base-36 characters of the comment's id for each level, the parent's path first. So
the order of paths is reading order, a subtree is a range, a page is a keyset, and neither an
insert nor anything later ever moves another comment's path. Comparison is by code point: SQLite's
default, `COLLATE "C"` on PostgreSQL. Measured against other schemes in docs/decisions.
"""

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
WIDTH = 6
MAX_ID = 36**WIDTH - 1
# Threads seldom pass eight levels; a deeper reply is kept at this level, after its parent.
MAX_DEPTH = 12
MAX_LENGTH = WIDTH * MAX_DEPTH


def encode(comment_id: int) -> str:
    """Six base-36 characters that sort as the number does; ValueError outside 0 … 36⁶ − 1."""
    if not 0 <= comment_id <= MAX_ID:
        raise ValueError(f"{comment_id} does not fit in {WIDTH} base-36 characters")
    characters = []
    for _ in range(WIDTH):
        comment_id, digit = divmod(comment_id, 36)
        characters.append(DIGITS[digit])
    return "".join(reversed(characters))


def child(parent_path: str, comment_id: int) -> str:
    """
    Return the path of a new comment under `parent_path`; "" for a comment that starts a branch.

    At the deepest level the child becomes a later sibling of its parent, so that paths stay
    bounded; the comment's `parent` still tells what it answers.
    """
    return parent_path[: MAX_LENGTH - WIDTH] + encode(comment_id)


def depth(path: str) -> int:
    """Return the level a comment stands on; 1 for one that starts a branch."""
    return len(path) // WIDTH

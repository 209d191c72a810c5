"""
What of a consultation's words is read in one language, and on which words answers rest.

The key of a segment (`portal.cms.texts`) is the name of a field; or an area, the id of what it
belongs to there, and what of that it is: "questions.<question's id>.options.<option's key>". Ids
are Wagtail's own, which survive moving and rewording, and answers refer to them. What has the same
first two parts of the key is a unit: readers get it in one language, never in two.
"""

QUESTIONS = "questions"


def unit_of(key: str) -> str:
    """Return the name of the unit that a key belongs to."""
    return ".".join(key.split(".")[:2])


def unit_of_id(subject: str) -> str:
    """Return the name of the unit that a question or section with this id is."""
    return f"{QUESTIONS}.{subject}"


def area_of(key: str) -> str:
    """Return the field or area that a key stands in."""
    return key.partition(".")[0]


def is_frozen(key: str) -> bool:
    """Say whether answers rest on these words, so that they change by a corrigendum alone."""
    return area_of(key) == QUESTIONS

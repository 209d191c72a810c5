"""How entries of control lists are read."""

from typing import Any

from django.db import models

from knowledge.control_lists.codes import above, same_code


class ListEntryQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def with_versions(self) -> "ListEntryQuerySet":
        """Entries with their versions, the newest first, each with its source. Three queries."""
        return self.prefetch_related("versions__source")

    def with_code(self, typed: str) -> list[Any]:
        """
        Return the entries that somebody means by a code, of whichever list it is.

        Where no entry has it, those that it is part of: “5A001.f.1” leads to “5A001.f”; and where
        there is none, those that are part of it.
        """
        code = same_code(typed)
        if not code:
            return []
        every: list[Any] = list(self)
        entries = [(each, {same_code(one) for one in each.codes}) for each in every]
        for wanted in above(code):
            if found := [each for each, codes in entries if wanted in codes]:
                return found
        return [each for each, codes in entries if any(code in above(one) for one in codes)]

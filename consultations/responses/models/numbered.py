"""An order that rows of one response have among themselves, and with no other rows."""

from typing import Any, ClassVar

from django.db import models


class Numbered(models.Model):
    """
    A row with a number of its own among those of the same answer, from 1 on.

    Keys are drawn by chance, so nothing else says what came first. Whoever adds rows holds the
    answer's lock, as the verbs of this room and those above do: no number is given twice.
    """

    number = models.PositiveIntegerField(editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar = ["number"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give it the next number where it has none."""
        if self.number is None:
            self.number = next_number(self.others())
        super().save(*args, **kwargs)

    def others(self) -> models.QuerySet[Any]:
        """Return all those of the same answer."""
        rows: models.Manager[Any] = type(self)._default_manager
        return rows.filter(response=self.response_id)  # type: ignore[attr-defined]


def next_number(rows: models.QuerySet[Any]) -> int:
    """Return the number after those of `rows`."""
    last: int | None = rows.aggregate(last=models.Max("number"))["last"]
    return (last or 0) + 1


def one_a_number(name: str) -> models.UniqueConstraint:
    """Build the constraint that no two rows of a response have one number."""
    return models.UniqueConstraint(fields=["response", "number"], name=name)

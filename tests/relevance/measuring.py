"""An engine's answers to the judged queries, as figures."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from portal.search.engines.base import Engine
from portal.search.query import SearchQuery
from tests.relevance.judged import Identity, Judged, identify, judged_queries
from tests.relevance.ndcg import ndcg

PLACES = 10


@dataclass(frozen=True)
class Scored:
    """A query with its nDCG@10, and the names of what came first (or kind and key if unjudged)."""

    text: str
    language: str
    kind: str
    figure: float
    first: list[str]


@dataclass(frozen=True)
class Measured:
    """The figures of one engine."""

    engine: str
    scored: Sequence[Scored]

    @property
    def figure(self) -> float:
        """The mean nDCG@10 of all queries."""
        return mean(one.figure for one in self.scored)

    def by(self, of: Callable[[Scored], str]) -> dict[str, float]:
        """The mean of each language, or of each kind of query."""
        figures: dict[str, list[float]] = defaultdict(list)
        for one in self.scored:
            figures[of(one)].append(one.figure)
        return {name: mean(some) for name, some in figures.items()}

    def worst(self, count: int) -> list[Scored]:
        """The queries answered worst."""
        return sorted(self.scored, key=lambda one: one.figure)[:count]

    def report(self) -> str:
        """The figures in a few lines, the ten worst queries with what came first."""
        lines = [f"{self.engine}: nDCG@{PLACES} {self.figure:.3f} over {len(self.scored)} queries"]
        for of in (lambda one: one.language, lambda one: one.kind):
            lines.append("  " + ", ".join(f"{name} {x:.3f}" for name, x in self.by(of).items()))
        for one in self.worst(10):
            lines.append(f"  {one.figure:.3f} [{one.language}] {one.text} → {one.first[:4]}")
        return "\n".join(lines)

    def plain(self) -> dict[str, Any]:
        """The same as JSON can hold it."""
        return {
            "engine": self.engine,
            "figure": self.figure,
            "languages": self.by(lambda one: one.language),
            "kinds": self.by(lambda one: one.kind),
            "queries": [asdict(one) for one in self.scored],
        }


def measure(name: str, engine: Engine, file: Path) -> Measured:
    """Ask this engine every query of the file, as a visitor does on the pages of its language."""
    return Measured(name, [_score(engine, query) for query in judged_queries(file)])


def _score(engine: Engine, query: Judged) -> Scored:
    names: dict[Identity, str] = {identify(name): name for name in query.grades}
    page = engine.search(
        SearchQuery(text=query.text, per_page=PLACES, reader_language=query.language)
    )
    found = [(hit.kind, hit.key) for hit in page.hits]
    figure = ndcg(
        [query.grades[names[one]] if one in names else 0 for one in found], query.grades.values()
    )
    first = [names.get(one, "?" + ":".join(one)) for one in found]
    return Scored(query.text, query.language, query.kind, figure, first)

"""Learning paths, and certificates as after some months."""

from datetime import datetime

from knowledge.learning.actions import give_certificate
from knowledge.learning.models import Certificate, PathPage
from knowledge.learning.progress import Progress
from portal.management.demo.content import day
from portal.management.paths import load_paths

GIVEN = 9


def load_learning_paths(now: datetime) -> None:
    """Load the paths whose guides are there, and certificates of one, unless some are there."""
    load_paths()
    path = PathPage.objects.live().order_by("level", "pk").first()
    if path is None or Certificate.objects.exists():
        return
    progress = Progress(path.key)
    for module in path.modules_shown:
        progress = progress.with_module(module)
    for number in range(GIVEN):
        give_certificate(path=path, progress=progress, on=day(now, -40 + number))

"""What the consultations of the demonstration changed in its guides."""

from consultations.calls.models import ConsultationPage
from knowledge.guides.models import GuideInfluence, GuidePage
from portal.management.demo.content import read


def load_influences() -> None:
    """Mark each part that changed and is not marked yet; guides and consultations are there."""
    dockets = dict(ConsultationPage.objects.values_list("slug", "docket"))
    marked = set(GuideInfluence.objects.values_list("guide__slug", "part"))
    for entry in read("influences.toml")["influence"]:
        if (entry["guide"], entry["part"]) not in marked:
            page = GuidePage.objects.get(slug=entry["guide"])
            page.influences.add(
                GuideInfluence(
                    consultation=dockets[entry["consultation"]],
                    part=entry["part"],
                    what=entry["what"],
                )
            )
            page.save_revision().publish(skip_permission_checks=True)

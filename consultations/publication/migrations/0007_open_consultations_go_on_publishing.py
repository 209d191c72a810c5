from django.db import migrations
from django.utils import timezone


def go_on(apps, schema_editor):
    """
    Let open consultations that have published responses, and take none without a name, go on.

    In all others publication waits for the close from now on; what is published stays so.
    """
    pages = apps.get_model("calls", "ConsultationPage").objects.filter(
        closes_at__gt=timezone.now(), cancelled_at=None, anonymous_allowed=False
    )
    published = apps.get_model("publication", "PublicCopy").objects.filter(
        published_on__isnull=False, retired_on=None
    )
    pages.filter(pk__in=published.values("consultation")).update(publishes_while_open=True)


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0006_publication_waits_for_the_close"),
        ("publication", "0006_numbers_of_signatories"),
    ]

    operations = [migrations.RunPython(go_on, migrations.RunPython.noop)]

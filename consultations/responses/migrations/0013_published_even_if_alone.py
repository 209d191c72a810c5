from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0006_publication_waits_for_the_close"),
        ("responses", "0012_requests_for_a_signature"),
        ("stakeholders", "0005_states_and_countries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="response",
            name="even_if_alone",
            field=models.BooleanField(default=False, verbose_name="published even if alone"),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("identity", "anonymous"), ("even_if_alone", False), _connector="OR"
                ),
                name="even_if_alone_is_for_the_anonymous",
            ),
        ),
    ]

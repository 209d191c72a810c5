"""Apart from the filling before it: PostgreSQL changes no table that has changes waiting."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("discussion", "0005_who_spoke_and_what_was_taken_back")]

    operations = [
        migrations.AddConstraint(
            model_name="commentversion",
            constraint=models.UniqueConstraint(
                fields=("comment", "number"), name="one_wording_a_number"
            ),
        ),
    ]

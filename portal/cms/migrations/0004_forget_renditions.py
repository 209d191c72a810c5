"""
Forget the smaller copies of pictures, and delete them: they are made anew when a page needs them.

They stood where the proxy served them to anybody (docs/decisions/0022-editors-files.md).
"""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("wagtailimages.Rendition").objects.all().delete()
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "images", ignore_errors=True)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0003_before_you_answer"),
        ("wagtailimages", "0027_image_description"),
    ]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]

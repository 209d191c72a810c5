"""The PDF of each guide that is published."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('guides', '0012_ends_of_guides'),
    ]

    operations = [
        migrations.CreateModel(
            name='GuideFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published_at', models.DateTimeField()),
                ('digest', models.CharField(max_length=64)),
                ('checked_on', models.DateField()),
                ('size', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('guide', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='guides.guidepage')),
            ],
            options={
                'verbose_name': 'file of a guide',
                'verbose_name_plural': 'files of guides',
                'default_permissions': (),
            },
        ),
    ]

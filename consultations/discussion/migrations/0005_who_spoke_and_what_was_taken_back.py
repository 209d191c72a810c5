"""
Each wording keeps who spoke it, earlier wordings are numbered, and comments can be removed.

What was written before is given the name and organisation of its author's profile as it is now:
nobody kept what the profile said at the time, and no entry of the record covers a name. Entries
made from now on state their form, which does.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Case, Count, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

import portal.taxonomy.fields

HIDE_REASONS = [
    ("personal-data", "Personal data of somebody else"),
    ("off-topic", "Off topic"),
    ("abuse", "Abuse or threats"),
    ("unlawful", "Unlawful content"),
    ("spam", "Advertising or spam"),
]
SPOKEN = {
    "author_name": models.CharField(blank=True, default="", max_length=100, verbose_name="name"),
    "organisation_name": models.CharField(
        blank=True, default="", max_length=200, verbose_name="organisation"
    ),
    "is_verified": models.BooleanField(default=False, verbose_name="verified"),
}


def fill(apps, schema_editor):
    comments = apps.get_model("discussion", "Comment").objects
    versions = apps.get_model("discussion", "CommentVersion").objects
    people = apps.get_model("stakeholders", "User").objects
    _fill_speakers(comments, people.filter(pk=OuterRef("author")))
    spoken = comments.filter(pk=OuterRef("comment"))
    versions.update(
        **{name: Subquery(spoken.values(name)[:1]) for name in ("author_name", "group")},
        organisation_name=Subquery(spoken.values("organisation_name")[:1]),
        is_verified=Subquery(spoken.values("is_verified")[:1]),
    )
    before = versions.filter(comment=OuterRef("comment")).filter(
        models.Q(replaced_at__lt=OuterRef("replaced_at"))
        | models.Q(replaced_at=OuterRef("replaced_at"), pk__lte=OuterRef("pk"))
    )
    count = before.order_by().values("comment").annotate(count=Count("pk")).values("count")
    # Read first: a table is not counted while it is being changed.
    numbered = list(versions.annotate(place=Subquery(count)).values_list("pk", "place"))
    for pk, place in numbered:
        versions.filter(pk=pk).update(number=place)


def _fill_speakers(comments, author):
    organisation = NullIf(F("organisation__name"), Value(""))
    name = author.values("name")[:1]
    spoken_for = author.annotate(told=Coalesce(organisation, F("affiliation"))).values("told")[:1]
    verified = author.annotate(
        told=Case(When(organisation__verified_on__isnull=False, then=True), default=False)
    ).values("told")[:1]
    comments.exclude(author=None).update(
        author_name=Subquery(name),
        organisation_name=Subquery(spoken_for),
        is_verified=Subquery(verified),
    )


class Migration(migrations.Migration):

    dependencies = [
        ("discussion", "0004_name_entries_by_leaf"),
        ("stakeholders", "0004_reserved_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=model, name=name, field=field, preserve_default=name == "is_verified"
            )
            for model in ("comment", "commentversion")
            for name, field in SPOKEN.items()
        ),
        migrations.AddField(
            model_name="commentversion",
            name="group",
            field=portal.taxonomy.fields.TermField("group", blank=True, default="", max_length=32),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="comment",
            name="group",
            field=portal.taxonomy.fields.TermField("group", blank=True, max_length=32),
        ),
        migrations.AlterField(
            model_name="comment",
            name="submitter_type",
            field=portal.taxonomy.fields.TermField("submitter", blank=True, max_length=32),
        ),
        migrations.AlterField(
            model_name="comment",
            name="language",
            field=portal.taxonomy.fields.TermField("language", blank=True, max_length=32),
        ),
        migrations.AlterField(
            model_name="comment",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to=settings.AUTH_USER_MODEL,
                verbose_name="author",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="author_seal",
            field=models.BinaryField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="removed_on",
            field=models.DateField(blank=True, null=True, verbose_name="removed by its author"),
        ),
        migrations.AddField(
            model_name="commentversion",
            name="number",
            field=models.PositiveSmallIntegerField(default=1),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="commentversion",
            name="hidden_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="hidden"),
        ),
        migrations.AddField(
            model_name="commentversion",
            name="hidden_reason",
            field=models.CharField(
                blank=True, choices=HIDE_REASONS, max_length=16, verbose_name="reason for hiding"
            ),
        ),
        migrations.AddField(
            model_name="moderationact",
            name="wording",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AlterModelOptions(
            name="commentversion",
            options={
                "ordering": ["-number"],
                "verbose_name": "earlier wording",
                "verbose_name_plural": "earlier wordings",
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

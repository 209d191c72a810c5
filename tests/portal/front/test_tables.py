"""What a statement reads and changes, and when a change is told."""

from contextlib import suppress

import pytest
from django.db import connection, transaction

from portal.confidential import unheard
from portal.front.tables import tables_read, touched
from portal.front.tokens import tokens
from portal.stakeholders.models import Organisation, State
from tests.factories import OrganisationFactory


@pytest.mark.parametrize(
    ("sql", "read", "written"),
    [
        ('SELECT "a"."id" FROM "a" INNER JOIN "b" ON (1 = 1) LEFT OUTER JOIN "c"', "a b c", ""),
        ('SELECT 1 FROM "a" WHERE EXISTS(SELECT 1 FROM "b" LIMIT 1)', "a b", ""),
        ("select x from a where y in (select z\n from b)", "a b", ""),
        ('(SELECT 1 FROM "a") UNION (SELECT 1 FROM "b")', "a b", ""),
        ('SELECT "a"."id" FROM "a" FOR UPDATE OF "a"', "a", ""),
        ('SELECT "a"."update", "a"."deleted" FROM "a"', "a", ""),
        ('INSERT INTO "a" ("x") VALUES (%s) RETURNING "a"."id"', "", "a"),
        ('INSERT OR IGNORE INTO "a" ("x") VALUES (%s)', "", "a"),
        ('INSERT INTO "a" ("x") VALUES (%s) ON CONFLICT ("x") DO UPDATE SET "x" = 1', "", "a"),
        ('INSERT INTO a SELECT x FROM "b"', "b", "a"),
        ("REPLACE INTO a VALUES (1)", "", "a"),
        ('UPDATE "a" SET "x" = (SELECT 1 FROM "b")', "b", "a"),
        ("UPDATE ONLY a SET x = 1", "", "a"),
        ('DELETE FROM "a" WHERE 1', "a", "a"),
        ('TRUNCATE "a"', "", "a"),
        ("WITH gone AS (DELETE FROM a RETURNING id) UPDATE b SET x = 1", "a", "a b"),
        ('WITH RECURSIVE t AS (SELECT 1 FROM "a") SELECT * FROM t', "a t", ""),
        ('ALTER TABLE "a" ADD COLUMN x', "", "*"),
        ("SAVEPOINT s1", "", ""),
        ("BEGIN IMMEDIATE", "", ""),
        ("", "", ""),
    ],
)
def test_tables_are_read_from_a_statement(sql, read, written):
    assert touched(sql) == (set(read.split()), set(written.split()))


def test_a_page_knows_every_table_that_it_read(front, db):
    with tables_read() as read:
        list(Organisation.objects.select_related("state"))
        State.objects.count()
    assert {"stakeholders_organisation", "stakeholders_state"} <= read


TABLE = ("stakeholders_organisation",)


def test_a_change_is_told_with_its_commit_and_not_before(front, db, commit):
    before = tokens().of(TABLE)
    OrganisationFactory()
    assert tokens().of(TABLE) == before
    commit()
    assert tokens().of(TABLE) != before


@pytest.mark.parametrize("how", ["save", "update", "bulk", "raw", "delete"])
def test_no_way_to_write_goes_unnoticed(front, db, commit, how):
    organisation = OrganisationFactory()
    commit()
    before = tokens().of(TABLE)
    if how == "save":
        organisation.save()
    elif how == "update":
        Organisation.objects.update(name="Another")
    elif how == "bulk":
        Organisation.objects.bulk_create([Organisation(name="One"), Organisation(name="Two")])
    elif how == "raw":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE stakeholders_organisation SET name = 'x'")
    else:
        Organisation.objects.all().delete()
    commit()
    assert tokens().of(TABLE) != before


def roll_back_a_change() -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        OrganisationFactory()
        raise ZeroDivisionError


def test_what_is_rolled_back_is_told_to_nobody_and_hides_nothing_that_is_kept(front, db, commit):
    before = tokens().of(TABLE)
    roll_back_a_change()
    commit()
    assert tokens().of(TABLE) == before
    with transaction.atomic():
        roll_back_a_change()
        OrganisationFactory()
    commit()
    assert tokens().of(TABLE) != before


def test_it_is_told_before_whatever_else_waits_for_the_commit(front, db, commit):
    """Else a page is stale where a mail or a file fails."""
    before = tokens().of(TABLE)

    def fail() -> None:
        raise OSError("no mail")

    transaction.on_commit(fail)
    OrganisationFactory()
    with pytest.raises(OSError, match="no mail"):
        commit()
    assert tokens().of(TABLE) != before


def test_what_somebody_without_a_name_does_is_not_told_by_how_long_a_page_takes(front, db, commit):
    quiet = ("responses_draft", "files_storedfile", "record_entry")
    loud = ("publication_publiccopy",)
    before, before_loud = tokens().of(quiet), tokens().of(loud)
    with unheard(), connection.cursor() as cursor:
        for table in (*quiet, *loud):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - no input
    commit()
    assert tokens().of(quiet) == before
    assert tokens().of(loud) != before_loud

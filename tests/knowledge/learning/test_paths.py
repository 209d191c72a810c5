"""Paths: which fits whom, how they are loaded from files, and what they say in other languages."""

import tomllib

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from knowledge.learning.blocks import OptionsBlock
from knowledge.learning.models import Certificate, PathPage
from portal.cms.translating.actions import begin_translation, notes_of, save_words
from portal.cms.translating.progress import progress_of, rows_of
from portal.management.demo.learning import load_learning_paths
from portal.management.paths import FOLDER, load_paths
from portal.stakeholders import roles
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory
from tests.knowledge.learning.building import guide_with_version, path_of, words

pytestmark = pytest.mark.django_db
FILES = sorted(FOLDER.glob("*.toml"))
ENGLISH = [each for each in FILES if each.name.endswith(".en.toml")]


def parsed(file):
    return tomllib.loads(file.read_text())


def with_home(*languages):
    """The standing pages in more languages."""
    call_command("create_site", languages=[*languages], verbosity=0)


def rows(page):
    notes = notes_of(page)
    return rows_of(page.get_latest_revision_as_object(), notes.current_original(), notes)


def with_guides():
    for slug in sorted({each["guide"] for file in ENGLISH for each in parsed(file)["module"]}):
        GuidePageFactory(title=slug, slug=slug)


# -- the learning page -----------------------------------------------------------------------------


def test_the_page_shows_the_path_for_who_one_is(client, site_tree):
    path_of(guide_with_version(slug="a"), slug="beginners", title="Beginners", audiences=[])
    path_of(
        *[guide_with_version(slug="b", title="Guide of officers")],
        slug="officers",
        title="Officers",
        level="2",
        audiences=["licensing-officer"],
    )
    assert "A path for you Beginners" in words(client.get("/en/learning/"))
    shown = words(client.get("/en/learning/", {"audience": "licensing-officer"}))
    assert "A path for you Officers" in shown
    assert "Guide of officers" in shown
    assert "Other paths Beginners" in shown
    assert "A path for you Officers" in words(client.get("/en/learning/", {"level": "3"}))


def test_the_page_has_a_fixed_number_of_queries_however_many_paths(
    client, site_tree, django_assert_max_num_queries
):
    path_of(guide_with_version(slug="a"))
    client.get("/en/learning/")
    with django_assert_max_num_queries(18) as few:
        client.get("/en/learning/")
    guides = [guide_with_version(slug=f"g{n}") for n in range(8)]
    for number in range(6):
        path_of(*guides, slug=f"p{number}", title=f"A path {number}")
    client.get("/en/learning/")
    with django_assert_max_num_queries(18) as many:
        client.get("/en/learning/")
    assert len(few) == len(many)


# -- what editors may do ---------------------------------------------------------------------------


def test_nobody_publishes_a_path_alone(path):
    editor = UserFactory(role=roles.EDITOR)
    assert not path.permissions_for_user(editor).can_publish()


def test_a_path_does_not_take_the_address_of_certificates(path):
    path.slug = "certificates"
    with pytest.raises(ValidationError):
        path.clean()


def test_a_guide_stands_once_in_a_path(site_tree):
    guide = guide_with_version(slug="a")
    page = path_of(guide, guide)
    assert "two modules" in page.missing(timezone.now())["modules"]


@pytest.mark.parametrize("right", [0, 2])
def test_a_question_has_exactly_one_right_answer(right):
    block = OptionsBlock()
    rows = [{"text": "A", "is_right": number < right, "reason": "B"} for number in range(2)]
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(rows))
    [error] = refused.value.non_block_errors.as_data()
    assert error.message == "Mark exactly one answer as the right one."


# -- loading ---------------------------------------------------------------------------------------


def test_paths_are_loaded_in_each_language_and_a_second_time_changes_nothing(client, site_tree):
    with_home("fr", "ar")
    with_guides()
    assert load_paths() == []
    assert PathPage.objects.live().count() == 3 * len(ENGLISH)
    page = PathPage.objects.get(slug="first-ten-weeks", locale__language_code="en")
    page.title = "Changed by an editor"
    page.save()
    assert load_paths() == []
    assert PathPage.objects.count() == 3 * len(ENGLISH)
    assert PathPage.objects.get(pk=page.pk).title == "Changed by an editor"
    french = client.get("/fr/learning/first-ten-weeks/")
    assert "Les dix premières semaines" in words(french)
    assert "Commencez par les personnes" in words(french)
    for code in ("fr", "ar"):
        quiz = client.get(f"/{code}/learning/first-ten-weeks/modules/what-a-catch-all-is/")
        own = PathPage.objects.get(slug="first-ten-weeks", locale__language_code=code)
        assert own.modules[6].value["questions"][0]["text"] in words(quiz)


def test_a_path_that_is_not_translated_says_so_and_marks_its_language(client, site_tree):
    with_home("ru")
    with_guides()
    load_paths()
    response = client.get("/ru/learning/at-the-border/")
    html = response.content.decode()
    assert "На границе" in html
    assert '<p lang="en" dir="ltr">Three questions fit into one hour' in html


def test_a_translation_that_leaves_its_modules_in_english_is_whole_and_says_so(site_tree):
    with_home("ru")
    with_guides()
    load_paths()
    page = PathPage.objects.get(slug="at-the-border", locale__language_code="ru")
    progress = progress_of(page)
    assert (progress.whole, progress.there) == (2, 2)
    page.modules_language = "ru"
    assert "not translated yet" in page.missing(timezone.now())["title"]
    page.save_revision(clean=False)
    assert progress_of(page).whole > 20


def test_a_translation_that_an_editor_begins_is_to_have_its_modules_too(site_tree):
    with_home("fr")
    editor = UserFactory(role=roles.EDITOR)
    draft = begin_translation(page=path_of(guide_with_version(slug="a")), language="fr", by=editor)
    keys = ["title", *[each.segment.key for each in rows(draft) if "why" in each.segment.key]]
    save_words(page=draft, by=editor, words=dict.fromkeys(keys, "En français"))
    assert draft.get_latest_revision_as_object().modules_language == "fr"
    assert progress_of(draft).whole > progress_of(draft).there > 1


def test_a_path_whose_guides_are_not_all_published_is_not_made(site_tree):
    told = load_paths()
    assert len(told) == len(ENGLISH)
    assert any("first-ten-weeks: adopting-and-updating-a-control-list" in each for each in told)
    assert not PathPage.objects.exists()


def test_what_is_loaded_is_what_editors_could_save(site_tree):
    with_home("fr", "ar")
    with_guides()
    load_paths()
    for page in PathPage.objects.all():
        page.full_clean()
        page.modules.stream_block.clean(page.modules)
        assert not page.missing(timezone.now())


# -- the files themselves --------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_file_has_what_its_language_needs(file):
    content = parsed(file)
    assert 0 < len(content["summary"]) <= 300
    assert file.name.split(".")[1] == content["language"]
    if file in ENGLISH:
        assert content["slug"] == file.name.split(".")[0]
        for module in content["module"]:
            assert 2 <= len(module["question"]) <= 3
            for question in module["question"]:
                assert [bool(each.get("right")) for each in question["options"]].count(True) == 1
                assert len({each["text"] for each in question["options"]}) >= 2
    else:
        assert parsed(file.with_name(f"{file.name.split('.')[0]}.en.toml"))


def test_each_guide_of_a_path_is_in_the_library():
    library = {each.name.split(".")[0] for each in (FOLDER.parent / "guides").glob("*.en.toml")}
    assert {each["guide"] for file in ENGLISH for each in parsed(file)["module"]} <= library


def test_the_right_answer_is_not_always_at_the_same_place():
    places = [
        [bool(each.get("right")) for each in question["options"]].index(True)
        for file in ENGLISH
        for module in parsed(file)["module"]
        for question in module["question"]
    ]
    assert {0, 1, 2} <= set(places)
    assert max(places.count(each) for each in range(3)) < 0.66 * len(places)


def test_the_demonstration_has_paths_and_papers_and_is_loaded_once(site_tree):
    with_guides()
    for _time in range(2):
        load_learning_paths(timezone.now())
        assert Certificate.objects.count() == 9
    assert PathPage.objects.count() == len(ENGLISH)

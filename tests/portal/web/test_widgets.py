"""A choice among hundreds says what Django's own would, and is drawn without its templates."""

import pytest
from bs4 import BeautifulSoup
from django import forms

from portal.taxonomy import languages
from portal.taxonomy.fields import LanguageField
from portal.web.widgets import QuickSelect

HOSTILE = '"><script>alert(1)</script>'
CHOICES = [("", "None"), ("Of <these>", [("a", "One & all"), (HOSTILE, HOSTILE)]), (3, "Three")]


class Drawn(forms.Form):
    quick = forms.ChoiceField(choices=CHOICES, widget=QuickSelect)
    slow = forms.ChoiceField(choices=CHOICES)


def parts(form, name):
    select = BeautifulSoup(str(form[name]), "html.parser").select_one("select")
    attributes = {key: value for key, value in select.attrs.items() if key not in ("id", "name")}
    attributes.pop("aria-describedby", None)  # names the field
    return [
        attributes,
        *((each.name, each.attrs, each.get_text(strip=True)) for each in select.find_all(True)),
    ]


@pytest.mark.parametrize("chosen", [None, "", "a", "3", HOSTILE, "unheard-of"])
def test_it_says_what_djangos_own_says(chosen):
    form = Drawn(None if chosen is None else {"quick": chosen, "slow": chosen})
    assert parts(form, "quick") == parts(form, "slow")


def test_languages_are_offered_in_the_readers_order_and_only_those_are_taken():
    class Form(forms.Form):
        language = LanguageField()

    options = BeautifulSoup(str(Form()["language"]), "html.parser").select("option")
    offered = [code for _label, group in languages.choices()[1:] for code, _name in group]
    assert [each["value"] for each in options] == ["", *offered]
    assert Form({"language": "ar"}).is_valid()
    assert not Form({"language": "xx-none"}).is_valid()
    assert not Form({"language": ""}).is_valid()

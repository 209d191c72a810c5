"""Lists stand in the order of each language of the interface."""

import pytest

from portal.languages.sorting import sort_key


@pytest.mark.parametrize(
    ("language", "in_order"),
    [
        ("en", ["academia", "annual report", "Wassenaar Arrangement", "whistle-blower"]),
        ("fr", ["échange", "embargo", "État participant", "exportateur"]),
        ("es", ["ano", "ano útil", "anzuelo", "año", "enzima", "eñe"]),
        ("ru", ["ёлка", "иск", "итоги", "йод", "код"]),
        ("ar", ["إجابة", "الاستخدام", "إصدار", "البوابة", "تعليق"]),
    ],
)
def test_lists_stand_in_the_order_of_the_language(language, in_order):
    turned = list(reversed(in_order))
    assert sorted(turned, key=lambda text: sort_key(text, language)) == in_order

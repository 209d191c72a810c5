"""How a block looks, chosen by its editor."""

from typing import Any

from wagtail import blocks


class LookBlock(blocks.ChoiceBlock):
    """
    A choice among looks: of its label ("Section") a reader sees nothing, so none is searched.

    Migrations know it as a plain choice.
    """

    def get_searchable_content(self, value: Any) -> list[str]:
        return []

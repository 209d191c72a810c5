"""A questionnaire as editors build it: sections of questions, some of which depend on others."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from consultations.questionnaires.conditions import Kept, kept, resolve
from consultations.questionnaires.parsing import kept_in, part_of, question_of
from consultations.questionnaires.parts import Questionnaire
from consultations.questionnaires.printable import sheet_of
from consultations.questionnaires.question_blocks import KIND_BLOCKS, ConditionBlock
from consultations.questionnaires.types import Question

INTRODUCTION_FEATURES = ["bold", "italic", "link", "ol", "ul"]


class QuestionsBlock(blocks.StreamBlock):
    """The questions of a section: each a line, until it is opened."""

    class Meta:
        collapsed = True


class SectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    introduction = blocks.RichTextBlock(
        label=_("Introduction"), features=INTRODUCTION_FEATURES, required=False
    )
    condition = ConditionBlock()
    questions = QuestionsBlock(
        KIND_BLOCKS,
        label=_("Questions"),
        help_text=_("They are numbered through all sections: 1, 2, 3 …"),
        max_num=60,
    )

    class Meta:
        icon = "list-ol"
        label = _("Section")
        description = _("A page of the questionnaire: a title and the questions under it.")
        template = "consultations/questionnaires/blocks/section.html"
        preview_template = "cms/block_preview.html"
        label_format = "{title}"
        preview_value = {
            "title": "How you review licences",
            "introduction": "<p>Tell us about the last twelve months.</p>",
            "condition": {},
            "questions": [
                (name, block.meta.preview_value)
                for name, block in KIND_BLOCKS
                if name in ("one_choice", "long_text")
            ],
        }

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Show in the preview of the editor: the section as if it were the only one."""
        context = super().get_context(value, parent_context)
        context["sheet"] = sheet_of(Questionnaire((part_of("preview", 1, value, []),)))
        return context


class QuestionnaireBlock(blocks.StreamBlock):
    section = SectionBlock()

    class Meta:
        required = False
        max_num = 30

    def clean(self, value: Any) -> Any:
        """
        Check what only the whole can tell: that each condition names an earlier question and
        answers that it has. Conditions are kept by the id of the question.
        """
        value = super().clean(value)
        asked = list(_numbered(value))
        errors: dict[int, ValidationError] = {}
        place = 0
        for index, section in enumerate(value):
            wrong: dict[str, ValidationError] = {}
            if error := _settle(section.value, asked[:place], asked[place:]):
                wrong["condition"] = error
            inside: dict[int, ValidationError] = {}
            for number, child in enumerate(section.value["questions"]):
                if error := _settle(child.value, asked[:place], asked[place:]):
                    inside[number] = blocks.StructBlockValidationError({"condition": error})
                place += 1
            if inside:
                wrong["questions"] = blocks.StreamBlockValidationError(block_errors=inside)
            if wrong:
                errors[index] = blocks.StructBlockValidationError(wrong)
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return value


def _numbered(value: Any) -> Iterator[Question]:
    """Yield every question with its number; what is not saved yet gets the id that it will have."""
    children = (child for section in value for child in section.value["questions"])
    for number, child in enumerate(children, start=1):
        child.id = child.id or str(uuid4())
        yield question_of(child.block_type, child.id, str(number), child.value)


def _settle(value: Any, earlier: list[Question], later: list[Question]) -> ValidationError | None:
    """Keep a block's condition in its settled form, or say beside its fields what is wrong."""
    try:
        condition = resolve(kept_in(value), earlier, later)
    except ValidationError as error:
        fields: dict[str, list[ValidationError]] = defaultdict(list)
        for name, found in error.error_dict.items():
            fields[name] += found
        return blocks.StructBlockValidationError(dict(fields))
    value["condition"].update((kept(condition, earlier) if condition else Kept())._asdict())
    return None

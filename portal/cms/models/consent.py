"""The texts about consent and risk that pages of the CMS show, for native readers to check."""

from django.utils.translation import gettext_lazy as _

from portal.proofreading.registry import Text, register

BEFORE_YOU_ANSWER = "before_you_answer"


def register_texts() -> None:
    """Register them: standing texts by their names, in `templates/cms/standing/`."""
    of_advice = (
        "templates/cms/before_you_answer_page.html",
        "templates/cms/blocks/help_line.html",
        "templates/components/exit_page.html",
    )
    register(Text(BEFORE_YOU_ANSWER, _("Before you answer"), of_advice, "before-you-answer/"))
    of_privacy = ("templates/cms/standing/privacy.html", "templates/cms/standing/said.html")
    register(Text("privacy", _("Privacy"), of_privacy, "about/privacy/"))
    for name, title, path in (
        ("take_part", _("How to take part"), "take-part/"),
        ("organisations", _("How an organisation responds"), "take-part/organisations/"),
    ):
        register(Text(name, title, (f"templates/cms/standing/{name}.html",), path))

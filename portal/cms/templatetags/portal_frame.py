"""
Django templates in the public site's clothes.

allauth's pages are Django templates, the public site is Jinja2. `portal_page` frames what stands
inside it in the Jinja2 layout, and `component` calls one of the Jinja2 components, so that both
kinds of page show the very same header, fields and errors.
"""

from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import engines
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment

register = template.Library()


@register.simple_tag
def component(name: str, *args: Any, **kwargs: Any) -> SafeString:
    """`{% component "field" form.name %}`: the macro of that name in `components/<name>.html`."""
    environment: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    module = environment.get_template(f"components/{name}.html").module
    return mark_safe(getattr(module, name)(*args, **kwargs))  # a macro escapes what it is given


@register.filter
def without_placeholder(field: BoundField) -> BoundField:
    """Show the label alone: a placeholder repeats it, pale, and vanishes when somebody types."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.tag
def portal_page(parser: Parser, token: Token) -> "PortalPageNode":
    """
    `{% portal_page title=… %}…{% endportal_page %}`: a whole page of the site with that content.

    The errors of every form in the context stand above the content, each with a link to its
    field, and the title says "Error:".
    """
    arguments = token_kwargs(token.split_contents()[1:], parser)
    if set(arguments) != {"title"}:
        raise template.TemplateSyntaxError("portal_page takes title=… and nothing else")
    nodelist = parser.parse(("endportal_page",))
    parser.delete_first_token()
    return PortalPageNode(nodelist, arguments["title"])


class PortalPageNode(template.Node):
    def __init__(self, nodelist: NodeList, title: FilterExpression) -> None:
        self.nodelist = nodelist
        self.title = title

    def render(self, context: Context) -> SafeString:
        content = self.nodelist.render(context)
        forms = faulty_forms(context)
        return render_to_string(
            "layouts/embedded.html",
            {
                "title": self.title.resolve(context),
                "content_html": component("error_summary", forms) + content,
                "page_has_errors": bool(forms),
            },
            request=context.get("request"),
            using="jinja2",
        )


def faulty_forms(context: Context) -> list[BaseForm]:
    """List the forms in a template's context that have errors, each once despite two names."""
    values: list[Any] = list(context.flatten().values())
    forms = dict.fromkeys(value for value in values if isinstance(value, BaseForm))
    return [form for form in forms if form.errors]

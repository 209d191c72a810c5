"""What the page editor shows beside a page type's own fields."""

from typing import Any

from wagtail.admin.panels import Panel


class ObstaclePanel(Panel):
    """A note beside the missing publish button: why a page cannot go live yet."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms_admin/obstacle.html"

        def is_shown(self) -> bool:
            page = self.instance
            is_new = page.pk is None and bool(page.obstacle_to_publishing(page.locale_id))
            return is_new or bool(page.is_held_back)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            locale = self.instance.locale_id
            context["obstacle"] = self.instance.obstacle_to_publishing(locale)
            context["pages"] = self.instance.pages_in_the_way(locale)
            return context

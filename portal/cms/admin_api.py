"""Wagtail's own interface for programs, without the way round the editor."""

from typing import ClassVar

from wagtail.admin.api.views import PagesAdminAPIViewSet


class PagesViewSet(PagesAdminAPIViewSet):
    """A page goes live where it is told what it lacks: the editor and the list of pages."""

    actions: ClassVar = {
        name: each for name, each in PagesAdminAPIViewSet.actions.items() if name != "publish"
    }

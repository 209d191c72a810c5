"""What may be done to a page of ours, beyond what Wagtail's permissions say."""

from wagtail.models import PagePermissionTester


class PortalPagePermissionTester(PagePermissionTester):
    """Wagtail's rules, with one more: nobody publishes alone what needs a second person."""

    def can_publish_subpage(self) -> bool:
        """Whether a new child may go live at once; never where children need a second person."""
        children = self.page.specific_class.creatable_subpage_models()
        if any(getattr(child, "requires_second_person", False) for child in children):
            return False
        return super().can_publish_subpage()


class TwoPersonPermissionTester(PortalPagePermissionTester):
    """Nobody publishes directly, a superuser included: only a finished workflow does."""

    def can_publish(self) -> bool:
        return False

    # Wagtail asks `can_publish` for these too. They take nothing new to the public, so whoever
    # holds the publish permission keeps them.
    def can_set_view_restrictions(self) -> bool:
        return super().can_publish()

    def can_unschedule(self) -> bool:
        return super().can_publish()

"""What may be done to a page of ours, beyond what Wagtail's permissions say."""

from typing import ClassVar

from wagtail.models import PagePermissionTester


class PortalPagePermissionTester(PagePermissionTester):
    """
    Wagtail's rules, with three more: nobody publishes alone what needs a second person, nobody what
    has an obstacle (`BasePage.obstacle_to_publishing`), and nobody from whom it is barred.
    """

    may_be_taken_down: ClassVar = True

    def can_publish(self) -> bool:
        may = super().can_publish() and not self.page.is_held_back
        return may and not self.page.bars(self.user)

    def can_submit_for_moderation(self) -> bool:
        """Refuse here already: nobody approves for nothing."""
        return bool(super().can_submit_for_moderation() and not self.page.is_held_back)

    def holds_the_right_to_unpublish(self) -> bool:
        """Say whether the person takes such pages down, whatever keeps this one up for now."""
        # Wagtail reads the permissions of a superuser, who has all, for no page.
        given = getattr(self, "permissions", ())
        has_power = "publish" in given or self.user.has_perm("wagtailcore.publish_page")
        return self.user.is_active and self.may_be_taken_down and has_power

    def is_kept_by_schedule(self) -> bool:
        """Say whether nothing but a schedule keeps the person from unpublishing the page."""
        scheduled = self.page.live and not self.page.locked and self.page.approved_schedule
        return bool(scheduled) and self.holds_the_right_to_unpublish()

    def can_ask_to_unpublish(self) -> bool:
        """Say whether the person works on the page, but has to ask somebody to take it down."""
        if not self.page.live or not self.may_be_taken_down:
            return False
        return self.can_edit() and not self.holds_the_right_to_unpublish()

    def can_publish_subpage(self) -> bool:
        """Say whether a new child may go live at once; never if children need a second person."""
        for child in self.page.specific_class.creatable_subpage_models():
            if getattr(child, "requires_second_person", False):
                return False
            if child.obstacle_to_publishing(self.page.locale_id):
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


class Lasting(PagePermissionTester):
    """A page to which others always lead: it stays where it is, published."""

    may_be_taken_down: ClassVar = False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False


class LastingPagePermissionTester(Lasting, PortalPagePermissionTester):
    """A page that stays, and that one person may publish."""


class LastingTwoPersonPermissionTester(Lasting, TwoPersonPermissionTester):
    """A page that stays, and that needs a second person."""

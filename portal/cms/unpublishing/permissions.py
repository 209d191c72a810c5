"""Who decides about a request to take a page down."""

from wagtail.models import Page

from portal.cms.models import SecondPersonApprovalTask, UnpublishRequest
from portal.cms.unpublishing.registry import ends_of
from portal.stakeholders.models import Person, User


def user_can_ask(user: Person, page: Page) -> bool:
    """
    Say whether a person may ask for a page to be taken down.

    Who unpublishes pages alone asks only for an end that takes two people.
    """
    tester = page.permissions_for_user(user)
    if tester.can_ask_to_unpublish():
        return True
    may_end = bool(ends_of(page)) and page.live and tester.may_be_taken_down
    return bool(may_end and tester.can_edit())


def user_can_decide(user: Person, request: UnpublishRequest) -> bool:
    """Say whether a person, who did not ask, unpublishes or approves such pages."""
    page = request.page.specific
    tester = page.permissions_for_user(user)
    if not isinstance(user, User) or user.pk == request.asked_by_id:
        return False
    if not tester.may_be_taken_down:
        return False
    return tester.holds_the_right_to_unpublish() or user_approves(user, page)


def user_approves(user: User, page: Page) -> bool:
    """Say whether a person is asked to approve what is submitted of a page."""
    workflow = page.get_workflow()
    tasks = (task.specific for task in workflow.tasks) if workflow else ()
    second = [task for task in tasks if isinstance(task, SecondPersonApprovalTask)]
    return any(task.is_reviewer(user) for task in second)

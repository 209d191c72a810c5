"""Wagtail's ways to delete or move several documents, which leave what readers have."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.documents.models import AbstractDocument
from wagtail.documents.views.bulk_actions import AddToCollectionBulkAction, DeleteBulkAction

from portal.cms.document_changes.permissions import obstacle_to_deleting, obstacle_to_moving


class AllOrNothing:
    """Does nothing where readers have one of the documents, and says which."""

    request: Any
    obstacle: Callable[[AbstractDocument], str]

    def prepare_action(self, objects: Sequence[Any], others: Sequence[Any]) -> HttpResponse | None:
        # Before Wagtail, which refuses some of them without saying why.
        for document in objects:
            if told := self.obstacle(document):
                messages.error(self.request, told)
                return redirect("wagtaildocs:index")
        return super().prepare_action(objects, others)  # type: ignore[misc,no-any-return]


class DeleteDocuments(AllOrNothing, DeleteBulkAction):
    obstacle = staticmethod(obstacle_to_deleting)


class MoveDocuments(AllOrNothing, AddToCollectionBulkAction):
    obstacle = staticmethod(obstacle_to_moving)

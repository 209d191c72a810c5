"""Addresses of the admin that stand in place of Wagtail's own: included before them."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from portal.cms.admin_views import PageEditView, WorkflowActionView, WorkflowDataView
from portal.cms.unpublishing.views import UnpublishView

urlpatterns = [
    path(
        "pages/<int:page_id>/edit/",
        require_admin_access(PageEditView.as_view()),
        name="edit_page",
    ),
    path(
        "pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
        require_admin_access(WorkflowActionView.as_view()),
    ),
    path(
        "pages/workflow/collect_action_data/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
        require_admin_access(WorkflowDataView.as_view()),
    ),
    path(
        "pages/<int:page_id>/unpublish/",
        require_admin_access(UnpublishView.as_view()),
        name="unpublish_page",
    ),
]

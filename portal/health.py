"""Whether this process lives, and whether it can serve."""

from django.http import HttpRequest, JsonResponse

from portal.notifications.delivery import backlog


def live(request: HttpRequest) -> JsonResponse:
    """200 while the process answers at all; asks nothing of anything else."""
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 otherwise; whether mail is stuck, but nothing of why."""
    try:
        left = backlog()
    except Exception:
        return JsonResponse({"status": "unavailable", "database": "down"}, status=503)
    stuck = left["failed"] or left["unknown"]
    mail = "look at manage.py send_notifications" if stuck else "ok"
    return JsonResponse({"status": "ready", "database": "up", "mail": mail})

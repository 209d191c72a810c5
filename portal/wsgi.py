"""The WSGI entry point of a deployment; production settings unless told otherwise."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()

from portal.notifications import worker as notifications  # noqa: E402 - needs the applications
from portal.search import worker as search  # noqa: E402

notifications.start()
search.start()

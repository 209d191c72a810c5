"""The WSGI entry point of a deployment; production settings, as `portal.env` has them."""

import gc
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from portal.environment import read_for_server

read_for_server()
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - needs the applications

from portal.files.intake import forget_lost_now  # noqa: E402
from portal.files.worker import worker as files  # noqa: E402
from portal.notifications.delivery import send_due  # noqa: E402
from portal.notifications.worker import worker as notifications  # noqa: E402
from portal.record.sequencer import publish_due  # noqa: E402
from portal.record.worker import worker as record  # noqa: E402
from portal.search.worker import worker as search  # noqa: E402

# The pages, too, are loaded now, before anything runs beside it, and not while a visitor waits.
import_module(settings.ROOT_URLCONF)

notifications.start(send_due)
record.start(publish_due)
files.start(forget_lost_now)
if settings.ELASTICSEARCH_URL:
    # Here, for whoever has no Elasticsearch need not load its client.
    from portal.search.elastic.delivery import deliver_due

    search.start(deliver_due)

# All of this stays. Left out of the collections of garbage: to look through it again would stop a
# worker, with whoever it answers, for a third of a second each time.
gc.collect()
gc.freeze()

"""The ASGI entry point of a deployment; production settings, as `portal.env` has them."""

from django.core.asgi import get_asgi_application

from portal.environment import read_for_server

read_for_server()
application = get_asgi_application()

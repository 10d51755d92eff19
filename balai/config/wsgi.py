import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balai.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402  settings come first

application = get_wsgi_application()

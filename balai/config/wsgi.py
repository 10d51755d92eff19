import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balai.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402  settings come first

from balai.config.checks import refuse_unsound  # noqa: E402

application = get_wsgi_application()
refuse_unsound()

import os
from threading import Thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balai.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402  settings come first
from django.utils import timezone  # noqa: E402

from balai.config.checks import refuse_unsound  # noqa: E402

application = get_wsgi_application()
refuse_unsound()

from balai.snapshot.actions.living import ready  # noqa: E402  the rooms are there only now

Thread(target=ready, kwargs={"on": timezone.localdate()}, name="definitions", daemon=True).start()

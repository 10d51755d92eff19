import secrets

import click
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import operator
from balai.regions import actions as regions


@click.command(help=_("Siapkan folder data (BALAI_HOME): kunci, basis data, berkas tampilan, wilayah. Aman diulang."))
def command():
    home = settings.HOME
    for folder in (home, home / "keys", home / "files"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not settings.SECRET_KEY_FILE.exists():
        settings.SECRET_KEY_FILE.touch(mode=0o600)
        settings.SECRET_KEY_FILE.write_text(secrets.token_urlsafe(50))
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    click.echo(_("Basis data siap. Memuat wilayah …"), err=True)
    counts = regions.load_places(by=operator("init"), at=timezone.now())
    click.echo(_("Balai siap di %(home)s: %(places)d wilayah.") % {"home": home, "places": counts["places"]})

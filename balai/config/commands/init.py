import click
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.actions import raise_walls
from balai.access.rules import operator
from balai.base.errors import Refused
from balai.config import keys, postgres
from balai.config.checks import refuse_unsound
from balai.regions import actions as regions
from balai.vault.models import DataKey


@click.command(help=_("Siapkan folder data (BALAI_HOME): kunci, basis data, berkas tampilan, wilayah. Aman diulang."))
def command():
    refuse_unsound()
    home = settings.HOME
    for folder in (home, home / "files"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.make(settings.KEYS, [keys.SECRET_KEY])
    owner = postgres.owners(connections)
    call_command("migrate", database=owner, verbosity=0, interactive=False)
    call_command("createcachetable", database=owner, verbosity=0)
    raise_walls(by=operator("init"), at=timezone.now(), using=owner, login=connections["default"].settings_dict["USER"])
    _make_vault_keys()
    call_command("collectstatic", verbosity=0, interactive=False)
    click.echo(_("Basis data siap. Memuat wilayah …"), err=True)
    counts = regions.load_places(by=operator("init"), at=timezone.now())
    click.echo(_("Balai siap di %(home)s: %(places)d wilayah.") % {"home": home, "places": counts["places"]})


def _make_vault_keys():
    """New keys open nothing that older keys sealed: a database restored without its keys must not get new ones."""
    missing = [name for name in keys.VAULT if not (settings.KEYS / name).exists()]
    if missing and DataKey.objects.exists():
        raise Refused(
            "Basis data ini berisi data tersegel, tetapi kunci %(missing)s tidak ada di %(folder)s. "
            "Kembalikan folder “keys” dari cadangan kunci; kunci baru tidak dapat membuka data itu.",
            missing=", ".join(missing), folder=settings.KEYS,
        )  # fmt: skip
    keys.make(settings.KEYS, missing)

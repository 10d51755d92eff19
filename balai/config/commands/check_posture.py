import json

import click
from django.utils.translation import gettext as _

from balai.base.errors import Refused
from balai.config import posture


@click.command(
    "check-posture", help=_("Periksa apakah pemasangan ini aman; setiap kekurangan disebut cara memperbaikinya.")
)
@click.option("--host", default="127.0.0.1", show_default=True, help=_("alamat tempat server akan mendengar"))
@click.option("--json", "as_json", is_flag=True, help=_("keluaran untuk program"))
def command(host, as_json):
    if as_json:
        found = [fault.told() for fault in posture.faults(host)]
        click.echo(json.dumps({"ok": not found, "faults": found}, ensure_ascii=False, indent=1))
        if found:
            raise Refused("%(count)d hal belum aman.", count=len(found))
        return
    posture.require_safe(host, lambda line: click.echo(line, err=True))
    click.echo(_("Pemasangan ini aman untuk dijalankan."))

"""`balai accounts list|grant|end|suspend|resume`: what officers do on the pages, for the operator of the server."""

import getpass
import json

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import ROLES, AgencyKind, operator
from balai.accounts import actions
from balai.accounts.models import Account, Grant
from balai.base.errors import NotValid
from balai.regions.rules import span

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def command():
    """Its commands are attached to `balai accounts`."""


def _by():
    return {"by": operator(getpass.getuser()), "at": timezone.now()}


def _account(username):
    account = Account.objects.filter(username=username.strip().lower()).first()
    if account is None:
        raise NotValid("Tidak ada akun bernama “%(name)s”.", name=username)
    return account


def _open_grant(account, role, region):
    grant = Grant.objects.open(timezone.localdate()).filter(account=account, role=role, region=region).first()
    if grant is None:
        raise NotValid("%(who)s tidak memegang peran itu di wilayah itu.", who=account.username)
    return grant


def _day(moment):
    return moment.date() if moment else None


def role_option(function):
    return click.option("--role", type=click.Choice(list(ROLES)), required=True, help=_("nama peran"))(function)


def region_option(function):
    return click.option("--region", default="", help=_("kode wilayah; kosong berarti Indonesia"))(function)


def reason_option(function):
    return click.option("--reason", required=True, help=_("alasan, tercatat di jejak"))(function)


@command.command("list", help=_("Daftar akun dan penugasannya."))
@click.option("--region", default="", help=_("hanya di wilayah berkode ini"))
@click.option("--role", default="", help=_("hanya peran ini"))
@click.option("--suspended", is_flag=True, help=_("hanya yang ditangguhkan"))
@click.option("--json", "as_json", is_flag=True, help=_("hasil sebagai JSON"))
def list_(region, role, suspended, as_json):
    people = Account.objects.filter(suspended_at__isnull=False) if suspended else Account.objects.all()
    if region or role:
        held = Grant.objects.open(timezone.localdate()).inside([span(region)])
        people = people.filter(grants__in=held.filter(role=role) if role else held).distinct()
    rows = [_told(account) for account in people.order_by("username")]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    off = " " + _("(ditangguhkan)")
    for row in rows:
        held = "; ".join(f"{one['role']} {one['region'] or 'Indonesia'}" for one in row["grants"]) or "-"
        click.echo(f"{row['username']}\t{row['name']}\t{held}{off if row['suspended'] else ''}")


def _told(account):
    grants = account.grants.open(timezone.localdate()).order_by("role", "region")
    return {
        "username": account.username, "name": account.name, "suspended": account.suspended_at is not None,
        "grants": [
            {"role": one.role, "region": one.region, "agency": one.agency, "from": str(one.from_on),
             "to": str(one.to_on or "")}
            for one in grants
        ],
    }  # fmt: skip


@command.command(help=_("Beri satu penugasan kepada sebuah akun."))
@click.argument("username")
@role_option
@region_option
@click.option("--agency", type=click.Choice([kind.value for kind in AgencyKind]), help=_("jenis instansi"))
@click.option("--agency-name", default="", help=_("nama instansi"))
@click.option("--from", "from_on", type=DAY, help=_("hari mulai; bawaannya hari ini"))
@click.option("--to", "to_on", type=DAY, help=_("hari terakhir"))
def grant(username, role, region, agency, agency_name, from_on, to_on):
    account = _account(username)
    actions.give(
        **_by(), account=account, role=role, region=region, agency=agency or "", agency_name=agency_name,
        from_on=_day(from_on) or timezone.localdate(), to_on=_day(to_on),
    )  # fmt: skip
    click.echo(_("Penugasan diberikan kepada %(who)s.") % {"who": account.username})


@command.command(help=_("Akhiri satu penugasan."))
@click.argument("username")
@role_option
@region_option
@reason_option
def end(username, role, region, reason):
    account = _account(username)
    actions.end(**_by(), grant=_open_grant(account, role, region), reason=reason)
    click.echo(_("Penugasan %(who)s diakhiri.") % {"who": account.username})


@command.command(help=_("Tangguhkan sebuah akun; berlaku pada permintaan berikutnya."))
@click.argument("username")
@reason_option
def suspend(username, reason):
    account = _account(username)
    actions.suspend(**_by(), account=account, reason=reason)
    click.echo(_("Akun %(who)s ditangguhkan.") % {"who": account.username})


@command.command(help=_("Pulihkan akun yang ditangguhkan."))
@click.argument("username")
@reason_option
def resume(username, reason):
    account = _account(username)
    actions.resume(**_by(), account=account, reason=reason)
    click.echo(_("Akun %(who)s dipulihkan.") % {"who": account.username})

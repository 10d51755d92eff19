"""`balai audit`: is the trail whole, its root to be kept elsewhere, and whose data an account reached."""

import getpass
import json
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.actions import record, seal
from balai.access.models import AuditEntry, verify
from balai.access.rules import Permission, asked, operator, require, trail
from balai.access.rules.breach import affected, table
from balai.base import cells
from balai.base.errors import NotValid, Refused

FILE = click.Path(dir_okay=False, path_type=Path)
AS_JSON = click.option("--json", "as_json", is_flag=True, help=_("tulis JSON untuk program lain"))


def _who():
    return {"by": operator(getpass.getuser()), "at": timezone.now()}


@click.group(help=_("Jejak: periksa keutuhannya, segel, daftar orang terdampak kebocoran."))
def command():
    pass


@command.command(
    "verify", help=_("Periksa bahwa tidak ada catatan jejak yang diubah, dihapus, ditukar, atau dipotong.")
)
@click.option("--region", default="", help=_("hanya rantai wilayah ini"))
@click.option("--roots", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help=_("berkas segel yang disimpan di luar"))  # fmt: skip
@AS_JSON
def check(region, roots, as_json):
    seals = _seals(roots) if roots else []
    checked = verify(trail.shard_of(region) if region else None, seals)
    faults = [
        {"chain": one.shard, "number": one.number, "entry": one.entry, "damage": one.damage.name.lower(),
         "said": _(one.damage.value)} for one in checked.faults
    ]  # fmt: skip
    told = {"entries": checked.entries, "chains": checked.chains, "seals": checked.seals, "faults": faults}
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        click.echo(_("%(entries)d catatan di %(chains)d rantai diperiksa, dengan %(seals)d segel.") % told)
        for fault in faults:
            place = {**fault, "chain": fault["chain"] or "Indonesia", "entry": fault["entry"] or "–"}
            click.echo(_("  Rantai %(chain)s, catatan ke-%(number)d (baris %(entry)s): %(said)s.") % place)
    if faults:
        raise Refused("Jejak tidak utuh. Simpan basis data ini apa adanya dan hubungi pejabat pelindungan data.")
    if not as_json:
        click.echo(_("Jejak utuh."))


def _seals(path):
    """The seals of a file, each checked against its own root."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            sealed = json.loads(line)
            heads = {shard: (int(head[0]), str(head[1])) for shard, head in sealed["heads"].items()}
            whole = trail.root(heads) == sealed["root"]
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            whole = False
        if not whole:
            raise NotValid("Baris %(number)d berkas segel %(path)s rusak atau diubah.", number=number, path=path)
        found.append({**sealed, "heads": heads})
    return found


@command.command("seal", help=_("Tulis segel hari ini: satu sidik atas ujung semua rantai. Simpan di luar server ini."))
@click.option("--to", "path", type=FILE, help=_("tambahkan segel lengkap ke berkas ini"))
@AS_JSON
def make_seal(path, as_json):
    sealed = seal(**_who())
    line = json.dumps(sealed)
    if path:
        with path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    said = _("Segel %(at)s\n%(root)s\nCetak atau kirim kepada pemegang kedua; tanpa salinan di luar, ujung yang "
             "dipotong tidak terlihat.")  # fmt: skip
    click.echo(line if as_json else said % sealed)


@command.command(
    "breach", help=_("Daftar setiap orang dan keluarga yang data pribadinya dibuka atau diubah satu akun.")
)
@click.option("--account", required=True, help=_("nama akun, atau kodenya seperti di jejak"))
@click.option("--from", "since", required=True, help=_("tanggal atau waktu mulai, misalnya 2026-11-22T08:00"))
@click.option("--to", "until", required=True, help=_("tanggal atau waktu akhir"))
@click.option("--out", type=FILE, help=_("tulis ke berkas CSV ini"))
@AS_JSON
def breach(account, since, until, out, as_json):
    question = asked.of_breach({"akun": account, "dari": since, "sampai": until}, timezone.get_current_timezone())
    if question.wrong:
        wrong = next(iter(question.wrong.values()))
        raise NotValid(wrong.message, **wrong.params)
    who = _who()
    require(who["by"], Permission.AUDIT_READ)
    people = affected(AuditEntry.objects.asked(question.wanted).reached())
    record(**who, deed="breach.list", subject="trail", detail={**question.typed, "affected": len(people)})
    head, rows = table(people, timezone.get_current_timezone(), _)
    if out:
        out.write_bytes(cells.as_csv(head, rows))
    elif as_json:
        click.echo(json.dumps([_told(one) for one in people]))
    else:
        for line in [head, *rows]:
            click.echo("\t".join(map(str, line)))
    click.echo(_("%(count)d keluarga dan orang terdampak.") % {"count": len(people)}, err=True)


def _told(one):
    return {
        "subject": str(one.subject), "classes": one.classes, "matters": sorted(one.matters),
        "deeds": sorted(one.deeds), "first_at": one.first_at.isoformat(), "last_at": one.last_at.isoformat(),
        "times": one.times,
    }  # fmt: skip

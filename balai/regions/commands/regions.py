"""`balai regions`: the tree of places from the command line."""

import getpass
import json
from datetime import date
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from balai.access.rules import operator
from balai.regions import actions
from balai.regions.models import Change, Place

FIRST = 20  # lines of a long list that a person reads
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
AS_JSON = click.option("--json", "as_json", is_flag=True, help=_("tulis JSON untuk program lain"))


def _who():
    return {"by": operator(getpass.getuser()), "at": timezone.now()}


def _answer(as_json, data, *lines):
    click.echo(json.dumps(data, ensure_ascii=False, default=str) if as_json else "\n".join(lines))


def _told(said):
    return _(said.message) % said.params


def _listed(title, lines):
    """A heading with the count and the first lines of a list; nothing for an empty one."""
    if not lines:
        return []
    more = [_("… dan %(count)d lagi") % {"count": len(lines) - FIRST}] if len(lines) > FIRST else []
    return [f"{title}: {len(lines)}", *(f"  {line}" for line in [*lines[:FIRST], *more])]


def _brief(place):
    return {
        "code": place.code,
        "name": place.name,
        "kind": place.kind,
        "within": [above.name for above in _ancestors(place)],
        "valid_to": place.valid_to,
    }


def _ancestors(place):
    while place.parent is not None:
        place = place.parent
        yield place


def _line(brief):
    ended = _(" (berakhir %(on)s)") % {"on": brief["valid_to"]} if brief["valid_to"] else ""
    return f"{brief['code']:14} {brief['name']} · {', '.join([brief['kind'], *brief['within']])}{ended}"


@click.group(help=_("Pohon wilayah: provinsi, kabupaten/kota, kecamatan, desa/kelurahan dan tempat di bawahnya."))
def command():
    pass


@command.command(help=_("Muat pohon wilayah nasional. Aman diulang."))
@AS_JSON
def load(as_json):
    with tqdm(desc=_("Memuat wilayah"), unit="", disable=None) as bar:
        counts = actions.load_places(**_who(), progress=lambda rows: _counted(rows, bar))
    said = _("%(places)d wilayah berlaku; %(added)d baru, %(changed)d berganti nama, %(aliases)d nama lain baru.")
    missing = _("%(missing)d wilayah tidak ada lagi di pohon baru: catat dengan “balai regions changes”.")
    _answer(as_json, counts, said % counts, *([missing % counts] if counts["missing"] else []))


def _counted(rows, bar):
    for row in rows:
        yield row
        bar.update()


@command.command(help=_("Cari wilayah menurut nama atau kode. Contoh: balai regions search mosso sendana"))
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True, help=_("jumlah jawaban"))
@click.option("--within", default="", help=_("hanya di wilayah dengan kode ini"))
@AS_JSON
def search(text, limit, within, as_json):
    found = [_brief(place) for place in Place.objects.search(" ".join(text), limit, within)]
    _answer(as_json, found, *(map(_line, found) if found else [_("Tidak ada wilayah yang cocok.")]))


@command.command(help=_("Perlihatkan satu wilayah. Dengan atasan, isi, nama lain dan riwayatnya."))
@click.argument("code")
@AS_JSON
def show(code, as_json):
    place = Place.objects.select_related("parent__parent__parent").known(code)
    changes = Change.objects.filter(old=place) | Change.objects.filter(new=place)
    data = _brief(place) | {
        "bps_code": place.bps_code,
        "valid_from": place.valid_from,
        "source": place.source,
        "children": place.children.today().count(),
        "aliases": list(place.aliases.order_by("name").values_list("name", flat=True)),
        "changes": list(changes.order_by("on", "pk").values("on", "kind", "old", "new", "certain", "source")),
    }
    certainty = {True: "", False: _(" (perlu diperiksa)")}
    _answer(
        as_json, data, _line(data),
        _("Kode BPS: %(bps)s") % {"bps": data["bps_code"] or "–"},
        _("Berlaku: %(since)s – %(until)s") % {"since": data["valid_from"] or "…", "until": data["valid_to"] or "…"},
        _("Wilayah langsung di bawahnya: %(count)d") % {"count": data["children"]},
        _("Nama lain: %(names)s") % {"names": "; ".join(data["aliases"]) or "–"},
        _("Sumber: %(source)s") % {"source": data["source"]},
        *(f"{row['on']} {row['kind']}: {row['old'] or '–'} → {row['new'] or '–'}{certainty[row['certain']]}"
          for row in data["changes"]),
    )  # fmt: skip


@command.command(
    help=_("Muat tabel perubahan kode (CSV). Kolomnya old_code,old_name,new_code,new_name,match. Aman diulang.")
)
@click.argument("file", type=FILE)
@click.option("--on", "day", required=True, help=_("hari perubahan berlaku, TTTT-BB-HH"))
@click.option("--source", required=True, help=_("dasar hukum atau asal tabel"))
@AS_JSON
def changes(file, day, source, as_json):
    report = actions.load_changes(**_who(), path=file, on=_day(day), source=source)
    report["unplaced"] = [{"line": line, "reason": _told(why)} for line, why in report["unplaced"]]
    _answer(
        as_json, report,
        _("%(rows)d baris: %(changes)d perubahan dicatat, %(retired)d kode lama diakhiri, %(unchanged)d sudah ada.")
        % report,
        *_listed(_("Belum ditempatkan"), [_at_line(**row) for row in report["unplaced"]]),
    )  # fmt: skip


@command.command(help=_("Isi kode BPS dari tabel (CSV). Kolomnya code,bps_code; kode Kemendagri tetap kuncinya."))
@click.argument("file", type=FILE)
@AS_JSON
def bps(file, as_json):
    report = actions.load_bps_codes(**_who(), path=file)
    report["conflicts"] = [{"line": line, "reason": _told(why)} for line, why in report["conflicts"]]
    _answer(
        as_json, report,
        _("%(rows)d baris: %(filled)d diisi, %(unchanged)d sudah sama.") % report,
        *_listed(_("Bertentangan, tidak diisi"), [_at_line(**row) for row in report["conflicts"]]),
    )  # fmt: skip


@command.command(help=_("Catat nama lain sebuah wilayah. Wilayah itu lalu ditemukan juga dengan nama itu."))
@click.argument("code")
@click.argument("name")
@click.option("--source", default="", help=_("siapa memakai nama itu"))
@AS_JSON
def alias(code, name, source, as_json):
    added = actions.add_alias(**_who(), code=code, name=name, source=source or _("operator"))
    _answer(as_json, {"added": added}, _("Nama lain dicatat.") if added else _("Nama itu sudah dikenal."))


@command.command(help=_("Muat batas dari GeoJSON atau TopoJSON. Dicocokkan menurut kode; aman diulang."))
@click.argument("file", type=FILE)
@click.option("--source", default="", help=_("asal gambar, tampil di peta; kalau kosong, nama berkas"))
@AS_JSON
def boundaries(file, source, as_json):
    report = actions.load_boundaries(
        **_who(), path=file, source=source or file.name,
        progress=lambda rows: tqdm(rows, desc=_("Menyederhanakan batas"), unit="", disable=None),
    )  # fmt: skip
    for name in ("unmatched", "invalid"):
        report[name] = [dict(zip(("position", "code", "name"), row, strict=True)) for row in report[name]]
    _answer(
        as_json, report,
        _("%(matched)d wilayah cocok: %(stored)d disimpan, %(unchanged)d tidak berubah.") % report,
        *_listed(_("Tidak cocok dengan wilayah mana pun"), [_feature(**row) for row in report["unmatched"]]),
        *_listed(_("Bentuk tidak dapat digambar"), [_feature(**row) for row in report["invalid"]]),
    )  # fmt: skip


def _at_line(line, reason):
    return _("baris %(line)d: %(reason)s") % {"line": line, "reason": reason}


def _feature(position, code, name):
    return _("bidang ke-%(position)d: %(code)s %(name)s") % {"position": position, "code": code or "–", "name": name}


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError as why:
        raise click.BadParameter(_("“%(text)s” bukan tanggal. Tulis TTTT-BB-HH.") % {"text": text}) from why

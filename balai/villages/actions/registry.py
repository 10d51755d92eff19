"""The Kampung KB itself: registered, corrected, ended; and the answers of its profile."""

from itertools import islice

from django.db import transaction

from balai.access import actions as audit
from balai.access.rules import Permission, require
from balai.base.errors import NotValid, Refused
from balai.villages.actions.recorded import require_all
from balai.villages.models import Answer, KampungKB, KampungVersion
from balai.villages.rules import check_answer, narrowed

CHUNK = 2000
FACTS = ("name", "founded_earliest", "founded_latest", "ended_on", "ended_reason")


def _check_facts(kampung):
    earliest, latest = kampung.founded_earliest, kampung.founded_latest
    if (earliest is None) != (latest is None) or (earliest and earliest > latest):
        raise NotValid("Tanggal pembentukan: isi awal dan akhir rentangnya, atau kosongkan keduanya.")
    if (kampung.ended_on is None) != (not kampung.ended_reason):
        raise NotValid("Tanggal berakhir dan alasannya harus diisi bersama.")
    if kampung.ended_on and earliest and kampung.ended_on < earliest:
        raise NotValid("Kampung KB tidak bisa berakhir sebelum dibentuk.")


def _version(kampung, **entry):
    return KampungVersion(kampung=kampung, **entry, **{name: getattr(kampung, name) for name in FACTS})


@transaction.atomic
def register_kampung(
    *, by, at, village, source, number=1, name="", founded_earliest=None, founded_latest=None, batch=None,
    invented=False,
):  # fmt: skip
    """A Kampung KB that Balai did not know yet. `village` is a Place or its code."""
    code = getattr(village, "code", village)
    require(by, Permission.VILLAGE_EDIT, code)
    if KampungKB.objects.filter(village_id=code, number=number).exists():
        raise Refused("Kampung KB nomor %(number)s di desa %(code)s sudah terdaftar.", number=number, code=code)
    entry = {"recorded_at": at, "recorded_by": by.name, "source": source, "batch": batch}
    kampung = _kampung((code, number, name, founded_earliest, founded_latest), entry, invented)
    kampung.save(force_insert=True)
    _version(kampung, **entry).save(force_insert=True)
    audit.record(by=by, at=at, deed="kampung.register", subject=kampung.pk, region=code, detail={"number": number})
    return kampung


@transaction.atomic
def register_kampungs(*, by, at, source, batch, rows, invented=False):
    """Many at once: rows = (village code, number, name, founded_earliest, founded_latest), at most one a Kampung KB.

    New ones are added; one that is known keeps what is known, but for a span of founding that the new one narrows.
    Gives {"new": …, "narrowed": …, "known": …}.
    """
    rows, counts = iter(rows), {"new": 0, "narrowed": 0, "known": 0}
    entry = {"recorded_at": at, "recorded_by": by.name, "source": source, "batch": batch}
    while chunk := list(islice(rows, CHUNK)):
        require_all(by, [code for code, *_rest in chunk])
        known = _registered(chunk)
        new = [_kampung(row, entry, invented) for row in chunk if row[:2] not in known]
        KampungKB.objects.bulk_create(new)
        KampungVersion.objects.bulk_create([_version(kampung, **entry) for kampung in new])
        narrowed_here = sum(_narrow(known[row[:2]], row[3:], entry) for row in chunk if row[:2] in known)
        counts["new"] += len(new)
        counts["narrowed"] += narrowed_here
        counts["known"] += len(chunk) - len(new) - narrowed_here
    if counts["new"] or counts["narrowed"]:
        audit.record(
            by=by, at=at, deed="kampung.register_many", subject=batch or source, detail={"source": source, **counts}
        )
    return counts


def _registered(chunk):
    found = KampungKB.objects.filter(village_id__in={row[0] for row in chunk})
    return {(kampung.village_id, kampung.number): kampung for kampung in found}


def _kampung(row, entry, invented):
    code, number, name, earliest, latest = row
    kampung = KampungKB(
        village_id=code, number=number, name=name, founded_earliest=earliest, founded_latest=latest,
        invented=invented, **entry,
    )  # fmt: skip
    _check_facts(kampung)
    return kampung


def _narrow(kampung, told, entry):
    span = narrowed((kampung.founded_earliest, kampung.founded_latest), told)
    if span:
        _restate(kampung, entry, founded_earliest=span[0], founded_latest=span[1])
    return bool(span)


def _restate(kampung, entry, **facts):
    """A new version; the row of the Kampung KB repeats it."""
    for name, value in facts.items():
        setattr(kampung, name, value)
    _check_facts(kampung)
    last = kampung.versions.standing().get()
    _version(kampung, **entry, replaces=last, lineage=last.lineage).save(force_insert=True)
    kampung.save(update_fields=sorted(facts))


@transaction.atomic
def correct_kampung(*, by, at, kampung, source, **changes):
    """What is known of its name, founding or end from now on; what was known before stays as a version."""
    kampung = KampungKB.objects.select_for_update().get(pk=kampung.pk)
    require(by, Permission.VILLAGE_EDIT, kampung.village_id)
    if not changes or set(changes) - set(FACTS):
        raise NotValid("Yang bisa dibetulkan: %(names)s.", names=", ".join(FACTS))
    _restate(kampung, {"recorded_at": at, "recorded_by": by.name, "source": source}, **changes)
    audit.record(
        by=by, at=at, deed="kampung.correct", subject=kampung.pk, region=kampung.village_id,
        detail={"changed": sorted(changes)},
    )  # fmt: skip
    return kampung


@transaction.atomic
def end_kampung(*, by, at, kampung, on, reason, source):
    kampung = KampungKB.objects.select_for_update().get(pk=kampung.pk)
    require(by, Permission.VILLAGE_EDIT, kampung.village_id)
    if kampung.ended_on:
        raise Refused("Kampung KB ini sudah berakhir pada %(on)s.", on=kampung.ended_on)
    entry = {"recorded_at": at, "recorded_by": by.name, "source": source}
    _restate(kampung, entry, ended_on=on, ended_reason=reason)
    audit.record(
        by=by, at=at, deed="kampung.end", subject=kampung.pk, region=kampung.village_id, detail={"on": str(on)}
    )
    return kampung


@transaction.atomic
def record_answers(*, by, at, source, batch, rows):
    """Adds answers: rows = (kampung, item, value, text, from_on). Gives how many were added.

    An answer that says what already holds on its day is left out, because monthly sheets mostly repeat themselves: so
    enter the past before the present. Value None with empty text takes an answer back.
    """
    rows, written = iter(rows), 0
    while chunk := list(islice(rows, CHUNK)):
        require_all(by, [kampung.village_id for kampung, *_rest in chunk])
        fresh = _fresh_answers(chunk, by=by, at=at, source=source, batch=batch)
        Answer.objects.bulk_create(fresh)
        written += len(fresh)
    if written:
        audit.record(
            by=by, at=at, deed="answers.record", subject=batch or source, detail={"source": source, "written": written}
        )
    return written


def _answered(chunk):
    """(kampung, item) -> [(from_on, recorded_at, value, text)], in the order in which they come to hold."""
    stored = {}
    found = Answer.objects.filter(
        kampung__in={kampung.pk for kampung, *_rest in chunk}, item__in={item for _kampung, item, *_rest in chunk}
    )
    for kampung, item, *said in found.values_list("kampung_id", "item", "from_on", "recorded_at", "value", "text"):
        stored.setdefault((kampung, item), []).append(tuple(said))
    return {key: sorted(said, key=_when) for key, said in stored.items()}


def _when(said):
    return said[:2]


def _fresh_answers(chunk, *, by, at, source, batch):
    stored, fresh = _answered(chunk), []
    for kampung, item, value, text, from_on in chunk:
        name = check_answer(item, value, text).name_id
        said = stored.setdefault((kampung.pk, item), [])
        in_force = next((old for old in reversed(said) if old[0] <= from_on), (None, None, None, ""))
        if in_force[2:] == (value, text):
            continue
        if any(old[:2] == (from_on, at) for old in said):
            raise NotValid("%(item)s: dua jawaban yang berbeda untuk %(day)s.", item=name, day=from_on)
        said.append((from_on, at, value, text))
        said.sort(key=_when)
        fresh.append(
            Answer(
                kampung=kampung,
                village_code=kampung.village_id,
                item=item,
                value=value,
                text=text,
                from_on=from_on,
                recorded_at=at,
                recorded_by=by.name,
                source=source,
                batch=batch,
            )  # fmt: skip
        )
    return fresh

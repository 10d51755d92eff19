"""The filled profile workbook: one transaction, in the order in which one sheet needs another."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from balai.access import actions as audit
from balai.access.rules import Permission, require
from balai.base.errors import NotValid
from balai.base.words import Said, sentence
from balai.intake.actions.holding import Holder
from balai.intake.actions.monthly import Monthly
from balai.intake.actions.report import Report
from balai.intake.inputs import profile
from balai.intake.inputs.held import NOTE, REFUSED, Remark
from balai.intake.models import Batch
from balai.intake.rules.sheets import TEXT_OF, sheets
from balai.intake.rules.summary import FileSummary, Summary
from balai.regions.models import Place
from balai.villages import actions as villages
from balai.villages.models import Document, KampungKB, Pokja, PokjaMember
from balai.villages.rules import check_answer, items

SOURCE = sentence("Lembar profil")
NOT_REGISTERED = sentence("desa ini belum punya Kampung KB di Balai")
GIVE_FOUNDING = sentence("Isi tanggal Kampung KB dibentuk di lembar Profil.")
CHUNK = 2000


def import_profile(*, by, at, path, report, dry_run=False):
    """Applies every cell that can be applied and gives a Summary; what cannot is held and reported with sheet, row and
    column. A dry run does the same and takes it back; the same workbook once more changes nothing."""
    require(by, Permission.IMPORT_APPLY)
    with Report(report) as lines, transaction.atomic():
        one = _Import(by=by, at=at, path=path, report=lines)
        one.run()
        summary = one.finish()
        summary.dry_run = dry_run
        if dry_run or not summary.new:
            summary.batch = None
            transaction.set_rollback(True)
        else:
            audit.record(by=by, at=at, deed="import.profile", subject=summary.batch, detail=one.counts())
    return summary


class _Import:
    """One import while it runs. Each sheet's method gives how many of its good entries were not known before."""

    def __init__(self, *, by, at, path, report):
        self._who, self._path = {"by": by, "at": at}, path
        self._batch = Batch(kind="profile", name=path.name[:200], at=at, by=by.name, counts={})
        self._entry = {**self._who, "source": SOURCE, "batch": self._batch.pk}
        self._tell = Holder(self._batch, report)
        self._kampung = {}
        self.summary = Summary(name=path.name, batch=str(self._batch.pk))

    def run(self):
        self._batch.save(force_insert=True)
        today = timezone.localtime(self._who["at"]).date()
        found = profile.read(self._path, Place.objects.gazetteer().match_code, today, self._tell)
        for key, apply in (
            ("profile", self._profile), ("pokja", self._pokja), ("documents", self._documents),
            ("activities", self._activities), ("months", self._months),
        ):  # fmt: skip
            if key in found:
                self._count(found[key], apply)
        self._tell.flush()

    def _count(self, tally, apply):
        self._find_kampung({row.code for row in tally.good})
        counted = FileSummary(tally.file, tally.key, rows=tally.rows, refused=tally.refused, blank=tally.blank)
        self.summary.files.append(counted)
        new = apply(tally.good, counted)
        counted.applied = counted.rows - counted.refused
        counted.unchanged = counted.applied - new
        self.summary.new = self.summary.new or new > 0

    def _find_kampung(self, codes):
        codes = sorted(codes)
        for start in range(0, len(codes), CHUNK):
            chunk = KampungKB.objects.main().filter(village_id__in=codes[start : start + CHUNK])
            self._kampung.update({kampung.village_id: kampung for kampung in chunk})

    def _refuse(self, counted, row, column, reason, remedy, entries=1):
        counted.refused += entries
        value = row.came.get(column, "")
        label = sheets()[counted.register].by_key[column].label
        self._tell(Remark(REFUSED, row.file, row.line, label, value, reason, remedy, row.came))

    def _with_kampung(self, rows, counted):
        """The rows whose village has a Kampung KB; the others are refused."""
        for row in rows:
            if row.code in self._kampung:
                yield row, self._kampung[row.code]
            else:
                entries = len(_answers(row)) if counted.register == "profile" else 1
                self._refuse(counted, row, "code", Said(NOT_REGISTERED), Said(GIVE_FOUNDING), entries)

    def _profile(self, rows, counted):
        new = self._foundings(rows)
        answers = {}
        for row, kampung in self._with_kampung(rows, counted):
            for item, cells in _answers(row).items():
                answer = self._answer(row, item, counted) if item in items() else None
                if answer is None:
                    continue
                key = (kampung.pk, item, row.cells["from_on"])
                if key in answers and answers[key][2:4] != answer:
                    reason = Said(sentence("butir ini sudah dijawab lain untuk desa dan tanggal yang sama"))
                    self._refuse(counted, row, cells[0], reason, Said(profile.FIX_CELL))
                    continue
                answers.setdefault(key, (kampung, item, *answer, row.cells["from_on"]))
        self.summary.answers = villages.record_answers(**self._entry, rows=answers.values())
        return new + self.summary.answers

    def _foundings(self, rows):
        told = {row.code: (row.cells["founded_on"], row) for row in rows if row.cells.get("founded_on")}
        counts = villages.register_kampungs(
            **self._entry, rows=((code, 1, "", day, day) for code, (day, _row) in told.items())
        )
        self._find_kampung(told)
        for code, (day, row) in told.items():
            known = self._kampung[code]
            if not known.founded_earliest <= day <= known.founded_latest:
                reason = Said(
                    sentence("Balai mencatat tanggal dibentuk lain: %(first)s sampai %(last)s; catatan itu tetap"),
                    {"first": known.founded_earliest, "last": known.founded_latest},
                )
                remedy = Said(sentence("Bila yang lama salah, betulkan catatan itu."))
                self._tell(Remark(NOTE, row.file, row.line, "founded_on", str(day), reason, remedy))
        self.summary.kampung = counts["new"] + counts["narrowed"]
        return self.summary.kampung

    def _answer(self, row, item, counted):
        """(value, text) of an item, or None when it was refused."""
        value, text = _value_and_text(row.cells, item)
        try:
            if text and value is None and items()[item].kind == "yes_no":
                raise NotValid("Isi juga ya atau tidak di kolom sebelahnya.")
            check_answer(item, value, text)
        except NotValid as problem:
            column = item if item in row.cells else item + TEXT_OF
            self._refuse(counted, row, column, Said(problem.message, problem.params), Said(profile.FIX_CELL))
            return None
        return value, text

    def _pokja(self, rows, counted):
        new, standing = 0, {}
        for row, kampung in self._with_kampung(rows, counted):
            cells = row.cells
            key = (kampung.pk, cells["template"], cells["from_on"])
            if key not in standing:
                standing[key] = Pokja.objects.standing().filter(
                    kampung=kampung, template=cells["template"], from_on=cells["from_on"]
                ).first()  # fmt: skip
            try:
                if standing[key] is None:
                    standing[key] = villages.record_pokja(
                        **self._entry, kampung=kampung, template=cells["template"], from_on=cells["from_on"]
                    )
                new += self._member(standing[key], cells)
            except NotValid as problem:
                self._refuse(counted, row, "position", Said(problem.message, problem.params), Said(profile.FIX_CELL))
        return new

    def _member(self, pokja, cells):
        """1 when the member, or the day of the training, was not known yet."""
        place = {"name": cells["member"], "position": cells["position"], "section": cells.get("section") or ""}
        trained_on = cells.get("trained_on")
        known = PokjaMember.objects.standing().of(pokja).filter(**place).first()
        if known is None:
            villages.record_member(**self._entry, pokja=pokja, **place, from_on=cells["from_on"], trained_on=trained_on)
        elif trained_on and known.trained_on != trained_on:
            villages.correct(**self._who, row=known, trained_on=trained_on)
        else:
            return 0
        return 1

    def _documents(self, rows, counted):
        new = 0
        for row, kampung in self._with_kampung(rows, counted):
            facts = {key: row.cells.get(key) or "" for key in ("kind", "level", "issuer", "number", "title")}
            facts |= {key: row.cells.get(key) for key in ("dated_on", "from_on", "to_on")}
            if Document.objects.standing().filter(kampung=kampung, **facts).exists():
                continue
            try:
                villages.record_document(**self._entry, kampung=kampung, **facts)
            except NotValid as problem:
                self._refuse(counted, row, "to_on", Said(problem.message, problem.params), Said(profile.FIX_CELL))
                continue
            new += 1
        return new

    def _activities(self, rows, counted):
        told = ((row.code, row.cells["agency"], row.cells["on"], (row.cells.get("title") or "")[:200]) for row in rows)
        self.summary.activities = villages.record_activities(**self._entry, rows=told)
        return self.summary.activities

    def _months(self, rows, counted):
        counted.rows = counted.refused
        return Monthly(who=self._who, batch=self._batch.pk, tell=self._tell, counted=counted).apply(rows)

    def finish(self):
        summary, counts = self.summary, self.counts()
        held = counts["refused"] + counts["waiting"]
        known = {
            one["held"]
            for one in Batch.objects.filter(kind="profile").exclude(pk=self._batch.pk).values_list("counts", flat=True)
        }
        summary.new = summary.new or bool(held and self._tell.digest not in known)
        self._batch.counts = counts
        self._batch.save(update_fields=["counts"])
        return summary

    def counts(self):
        return {**self.summary.as_dict(), "held": self._tell.digest}


def _answers(row):
    """Item, or "founded_on", -> the columns that were filled for it."""
    found = defaultdict(list)
    for key in row.cells:
        if key not in {"code", "from_on"}:
            found[profile.item_of(key)].append(key)
    return found


def _value_and_text(cells, item):
    value, text = cells.get(item), cells.get(item + TEXT_OF)
    if isinstance(value, str):
        return None, value
    return value, text or ""

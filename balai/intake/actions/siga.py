"""The monthly exports of SIGA: a folder in, one transaction."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.utils import timezone

from balai.access import actions as audit
from balai.access.rules import Permission, require
from balai.base import months
from balai.base.errors import NotValid
from balai.base.words import Said, sentence
from balai.intake.actions.holding import Holder
from balai.intake.actions.report import Report
from balai.intake.inputs import siga
from balai.intake.inputs.held import MARKED, NOTE, REFUSED, Remark
from balai.intake.inputs.naming import Naming
from balai.intake.inputs.rows import ASK_SOURCE, Rows, as_it_came, period_name
from balai.intake.inputs.tables import Broken
from balai.intake.models import Batch
from balai.intake.rules import cards
from balai.intake.rules.registers import heading, recognise
from balai.intake.rules.summary import FileSummary, Summary
from balai.regions import actions as regions
from balai.regions.models import Place
from balai.regions.rules import parent_of
from balai.villages import actions as villages
from balai.villages.models import Return, VillageMonth
from balai.villages.rules import items_of, plausibility

SOURCE = "SIGA"
CHUNK = 2000
STEP = 5000  # rows between two signs of life
EARLIEST = date(2016, 1, 1)  # the programme began in January 2016


def import_siga(*, by, at, folder, exported_on, report, dry_run=False, progress=None):
    """Applies every row of the folder that can be applied, and gives a Summary. What cannot is held and reported.

    A dry run does the same and takes it back. The same files once more change nothing. `progress(done, total)`: bytes.
    """
    require(by, Permission.IMPORT_APPLY)
    _check_day(exported_on, at)
    opened = siga.open_folder(folder, besides=report)
    with Report(report) as lines:
        one = _Import(by=by, at=at, exported_on=exported_on, folder=opened, report=lines, progress=progress)
        with transaction.atomic():
            one.run()
            summary = one.finish()
            summary.dry_run = dry_run
            if dry_run or not summary.new:
                summary.batch = None
                transaction.set_rollback(True)
            else:
                audit.record(by=by, at=at, deed="import.siga", subject=summary.batch, detail=one.counts())
    return summary


def _check_day(exported_on, at):
    if not EARLIEST <= exported_on <= timezone.localtime(at).date():
        raise NotValid(
            "Tanggal ekspor %(day)s tidak mungkin: paling awal %(first)s, paling akhir hari ini.",
            day=exported_on, first=EARLIEST,
        )  # fmt: skip


class _Import:
    """One import while it runs, inside its transaction."""

    def __init__(self, *, by, at, exported_on, folder, report, progress):
        self._who = {"by": by, "at": at}
        self._exported_on, self._folder, self._progress = exported_on, folder, progress
        self._batch = Batch(kind="siga", name=folder.name[:200], exported_on=exported_on, at=at, by=by.name, counts={})
        self._tell = Holder(self._batch, report)
        self._naming = Naming(Place.objects.gazetteer())
        self._seen = _Seen(self._sign_of_life)
        self._done, self._total = 0, 2 * folder.size
        self.summary = Summary(name=folder.name, batch=str(self._batch.pk))

    def run(self):
        self._batch.save(force_insert=True)
        found = siga.survey(self._folder, self._naming, self._file_done)
        for remark in self._folder.remarks:
            self._tell(remark)
        broken = dict(found.unreadable)
        for path in self._folder.files:
            if path in broken:
                self._tell(siga.unreadable(path, broken[path]))
                self.summary.files.append(FileSummary(path.name, "", unreadable=True))
                continue
            with siga.tables_of(path) as tables:
                for table in tables:
                    self._take(table, found)
            self._file_done(path)
        self._cards()
        self._crossings()
        self._spellings()
        self._tell.flush()

    def _take(self, table, found):
        register = recognise([heading(text) for text in table.headings])
        if register is not None:
            self._apply(table, register, last_month=table.name in found.last_month)
        elif siga.is_report(table):
            self._tell(Remark(NOTE, table.name, None, "", "", Said(siga.OWN_REPORT), Said(siga.NOTHING_TO_DO)))
        else:
            self._refuse(table)

    def _refuse(self, table):
        about, reason, remedy = siga.unknown(table)
        self._tell(about)
        counted = FileSummary(table.name, "", blank=table.blank_before)
        for found in table.rows:
            if not isinstance(found, Broken) and not "".join(found.cells).strip():
                counted.blank += 1
                continue
            counted.rows += 1
            counted.refused += 1
            row = as_it_came(table.headings, found.cells)
            self._tell(Remark(REFUSED, table.name, found.line, "", "", reason, remedy, row))
        self.summary.files.append(counted)

    def _apply(self, table, register, *, last_month):
        rows = Rows(table, register, self._naming, self._exported_on, self._tell, last_month=last_month)
        written = 0
        if register.period == "list":
            self._check_list(table, rows)
        else:
            written = villages.record_returns(
                **self._who, batch=self._batch.pk, register=register.key, exported_on=self._exported_on,
                rows=self._seen.watch(rows, table, register.key),
            ).written  # fmt: skip
            self._note_doubles(register.key)
        tally = rows.tally
        self.summary.new = self.summary.new or written > 0
        self.summary.files.append(
            FileSummary(
                table.name,
                register.key,
                rows=tally.rows,
                applied=tally.good,
                unchanged=tally.good - written,
                refused=tally.refused,
                waiting=tally.waiting,
                blank=tally.blank,
                marked=tally.marked,
                periods=dict(tally.periods),
            )  # fmt: skip
        )

    def _check_list(self, table, rows):
        """The list adds nothing; where it lacks villages of a kecamatan that it names, that is worth a note."""
        listed = defaultdict(set)
        for _line, row in rows:
            listed[parent_of(row.code)].add(row.code)
        for kecamatan, codes in sorted(listed.items()):
            for place in Place.objects.today().villages().filter(parent=kecamatan).exclude(pk__in=codes):
                self._tell(
                    Remark(
                        NOTE,
                        table.name,
                        None,
                        "KELURAHAN",
                        f"{place.name} ({place.code})",
                        Said(sentence("desa ini ada di Balai, tetapi tidak ada di daftar")),
                        Said(siga.NOTHING_TO_DO),
                    )  # fmt: skip
                )

    def _note_doubles(self, register):
        """Of the rows that came twice: those that differ, for both are kept and the later one is in force."""
        doubles = self._seen.take_doubles()
        if not doubles:
            return
        vintages = Return.objects.filter(register=register, exported_on=self._exported_on, position__gt=0)
        differing = set(vintages.values_list("code", "period"))
        for file, line, code, period in doubles:
            if (code, period) in differing:
                self._tell(
                    Remark(
                        NOTE,
                        file,
                        line,
                        "",
                        f"{code} {period_name(period)}",
                        Said(
                            sentence(
                                "desa dan bulan ini ada lebih dari sekali dengan isi berbeda; yang terakhir berlaku"
                            )
                        ),
                        Said(sentence("Periksa mana yang benar; hapus yang salah di sumbernya.")),
                    )  # fmt: skip
                )

    def _cards(self):
        """What the yearly cards in force say of Kampung KB and Rumah DataKu."""
        described = self._seen.periods_of
        for period in sorted(described["kkb"]):
            rows = _in_force("kkb", period, self._exported_on)
            last_day = min(months.last_day(period), self._exported_on)
            counts = villages.register_kampungs(
                **self._who, source=SOURCE, batch=self._batch.pk,
                rows=(
                    (code, number, "", *span)
                    for code, values in rows
                    for number, span in enumerate(cards.foundings(values, last_day), start=1)
                ),
            )  # fmt: skip
            self.summary.kampung += counts["new"] + counts["narrowed"]
        for period in sorted(described["rdk"]):
            rows = _in_force("rdk", period, self._exported_on)
            self.summary.data_houses += villages.record_data_houses(
                **self._who, source=SOURCE, batch=self._batch.pk, rows=_houses(rows, months.first_day(period))
            )

    def _crossings(self):
        seen = self._seen
        if not seen.months:
            return
        villages.mark_crossings(**self._who, periods=sorted(seen.months), first=seen.first, last=seen.last)
        wrong = VillageMonth.objects.filter(
            period__in=seen.months, code__gte=seen.first, code__lte=seen.last
        ).crossing()
        for month in wrong.order_by("period", "code").iterator(CHUNK):
            self.summary.marked_across += 1
            self._tell(
                Remark(
                    MARKED,
                    "",
                    None,
                    "PA, UNMET NEED, PUS",
                    f"{month.code} {period_name(month.period)}: {month.users}, {month.unmet}, {month.couples}",
                    Said(plausibility.CHECKS["users_above_couples"]),
                    Said(ASK_SOURCE),
                )  # fmt: skip
            )

    def _spellings(self):
        for code, name in self._naming.spellings.values():
            self.summary.aliases += bool(regions.add_alias(**self._who, code=code, name=name[:120], source=SOURCE))

    def _file_done(self, path):
        self._done += path.stat().st_size
        self._sign_of_life(0)

    def _sign_of_life(self, position):
        if self._progress:
            self._progress(self._done + position, self._total)

    def finish(self):
        """The summary; it is new when a row, a card or a spelling was added, or when rows are held that were not."""
        summary, counts = self.summary, self.counts()
        held = counts["refused"] + counts["waiting"]
        before = Batch.objects.filter(kind="siga", exported_on=self._exported_on).exclude(pk=self._batch.pk)
        known = {one["held"] for one in before.values_list("counts", flat=True)}
        summary.new = (
            summary.new or summary.kampung + summary.data_houses + summary.aliases > 0
            or bool(held and self._tell.digest not in known)
        )  # fmt: skip
        self._batch.counts = counts
        self._batch.save(update_fields=["counts"])
        return summary

    def counts(self):
        return {**self.summary.as_dict(), "held": self._tell.digest}


def _in_force(register, period, exported_on):
    """(code, values) of the cards of this export that no later export replaces."""
    cards_now = Return.objects.in_force().filter(register=register, period=period, exported_on=exported_on)
    return cards_now.order_by("code").values_list("code", "values").iterator(CHUNK)


def _houses(rows, from_on):
    known = set(items_of("funds"))
    for code, values in rows:
        house = cards.data_house(values)
        if house:
            funds = house["funds"]
            yield (
                code, house["exists"], house["has_decree"], house["full"],
                None if funds is None else [key for key in funds if key in known], from_on,
            )  # fmt: skip


class _Seen:
    """Which villages and months went by, in little memory: a byte for each village and month of one register."""

    def __init__(self, sign_of_life):
        self._sign_of_life = sign_of_life
        self.months, self.periods_of = set(), defaultdict(set)
        self.first, self.last = "~", ""
        self._places, self._register, self._met, self._doubles = {}, None, {}, []

    def watch(self, rows, table, register):
        if register != self._register:
            self._register, self._met = register, {}
        for count, (line, row) in enumerate(rows, start=1):
            if count % STEP == 0:
                self._sign_of_life(table.position())
            place = self._places.setdefault(row.code, len(self._places))
            met = self._met.setdefault(row.period, bytearray())
            if place >= len(met):
                met.extend(bytes(place - len(met) + 1000))
            if met[place]:
                self._doubles.append((table.name, line, row.code, row.period))
            met[place] = 1
            self.periods_of[register].add(row.period)
            if row.month:
                self.months.add(row.period)
                self.first, self.last = min(self.first, row.code), max(self.last, row.code)
            yield row

    def take_doubles(self):
        doubles, self._doubles = self._doubles, []
        return doubles

"""An invented trail for tests: entries of several kabupaten, some about families."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connection

from balai.access.actions import record
from balai.access.models import AuditChain, AuditEntry, AuditSubject
from balai.access.rules import ROLES, Actor, Matter, trail

AT = datetime(2026, 3, 1, 1, tzinfo=UTC)
MAJENE, RAWAS = "76.05", "16.05"
FAMILIES = [UUID(int=number + 1) for number in range(9)]


def span(code):
    return ((code, code + "/"),) if code else (("", "~"),)


def actor(role, region="", number=1, **more):
    account = UUID(int=1000 + number)
    return Actor(f"account:{account}", ROLES[role], span(region), account=account, **more)


CADRE = actor("cadre", "76.05.03.2024")
AUDITOR = actor("auditor", "76.05", 2)
NATIONAL = actor("auditor", "", 3)


def apart():
    """What follows hangs on its own chain, as in a transaction of its own."""
    if connection.vendor == "postgresql":
        run("SET LOCAL app.chain = ''")


def entry(number=0, by=CADRE, region="76.05.03.2024", deed="family.view", **more):
    said = {"subject": f"subjek {number}", "at": AT + timedelta(minutes=number)}
    apart()
    key = record(**{"by": by, "region": region, "deed": deed, **said, **more})
    apart()
    return AuditEntry.objects.get(pk=key)


def several(count, region="76.05.03.2024"):
    """Entries that show a family each, every third with a change."""
    return [
        entry(
            number, region=region, subjects=[FAMILIES[number % 9]],
            changes={"address": ("Jalan A", f"Jalan {number}")} if number % 3 == 0 else None,
        )
        for number in range(count)
    ]  # fmt: skip


def many(count, regions=("76.05.03.2024", "16.05.01.2002", ""), seed=5):
    """As many entries, written in bulk as `record` would have written them one by one."""
    rng, heads = random.Random(seed), {}
    for start in range(0, count, 5000):
        rows, touched = [], []
        for number in range(start, min(start + 5000, count)):
            row, subjects = _row(number, rng.choice(regions), rng, heads)
            rows.append(row)
            touched.append(subjects)
        AuditEntry.objects.bulk_create(rows)
        AuditSubject.objects.bulk_create(
            AuditSubject(entry_id=row.pk, subject=subject)
            for row, subjects in zip(rows, touched, strict=True)
            for subject in subjects
        )
    AuditChain.objects.bulk_create(AuditChain(shard=shard, number=n, hash=link) for shard, (n, link) in heads.items())


def _row(number, region, rng, heads):
    subjects = sorted(rng.sample(FAMILIES, rng.choice((0, 0, 1, 2))))
    detail = {"rows": number % 7}
    said = {
        "at": AT + timedelta(seconds=number), "by": CADRE.name, "hat": "cadre", "device": None, "deed": "family.view",
        "region": region, "subject": str(number), "matters": Matter.NAMES if subjects else "", "kept": "",
    }  # fmt: skip
    line = trail.canonical(**said, detail=trail.written(detail), subjects=[one.hex for one in subjects])
    shard = trail.shard_of(region)
    before, link = heads.get(shard, (0, ""))
    heads[shard] = (before + 1, trail.link(link, line))
    row = AuditEntry(shard=shard, number=before + 1, hash=heads[shard][1], detail=detail, **said)
    return row, subjects


def run(sql, *values):
    """What somebody with the database in hand would do."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount

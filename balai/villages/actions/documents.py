"""Documents, formation steps, and the files that prove them."""

import os
import uuid
from hashlib import sha256
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from balai.access import actions as audit
from balai.access.rules import Permission, require
from balai.base.errors import NotValid
from balai.base.words import Said
from balai.villages.actions.recorded import add, kind_of
from balai.villages.models import Document, Evidence, FormationStep
from balai.villages.rules import (
    LARGEST,
    DocumentKind,
    FormationStepKind,
    IssuerLevel,
    order_warnings,
    sniff,
    stored_name,
)


class StepTaken(NamedTuple):
    """The step, and what is unusual in the order: a warning, never a refusal."""

    step: FormationStep
    warnings: list[Said]


@transaction.atomic
def record_document(
    *, by, at, kampung, kind, level, source, issuer="", number="", title="", dated_on=None, from_on=None, to_on=None,
    evidence=None, batch=None,
):  # fmt: skip
    document = Document(
        kampung=kampung, kind=kind_of(DocumentKind, kind), level=kind_of(IssuerLevel, level), issuer=issuer,
        number=number, title=title, dated_on=dated_on, from_on=from_on, to_on=to_on, evidence=evidence,
        source=source, batch=batch,
    )  # fmt: skip
    return add(document, by=by, at=at, deed="document.record", kind=str(document.kind))


@transaction.atomic
def record_step(*, by, at, kampung, step, done_on, source, note="", evidence=None, batch=None):
    """A step of Perban 20/2023, and warnings when steps before it are missing or later."""
    step = kind_of(FormationStepKind, step)
    row = FormationStep(
        kampung=kampung, step=step, done_on=done_on, note=note, evidence=evidence, source=source, batch=batch
    )
    standing = FormationStep.objects.standing().filter(kampung=kampung).order_by("recorded_at")
    done = {FormationStepKind(kind): on for kind, on in standing.values_list("step", "done_on")} | {step: done_on}
    warnings = order_warnings(done)
    add(row, by=by, at=at, deed="step.record", step=str(step), warnings=[str(warning) for warning in warnings])
    return StepTaken(row, warnings)


def _checked(stream):
    content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise NotValid("Berkas lebih besar dari %(limit)d MB. Kecilkan dahulu.", limit=LARGEST // 1024 // 1024)
    kind = sniff(content)
    if kind is None:
        raise NotValid("Berkas ini bukan PDF, JPEG, PNG, atau WebP. Simpan sebagai salah satunya, lalu coba lagi.")
    return content, kind


def _store(name, content):
    default_storage.save(name, ContentFile(content))
    with default_storage.open(name) as stored:
        os.fsync(stored.fileno())


def attach_evidence(*, by, at, kampung, title, stream):
    """Keeps a file under its own id. Outermost transaction only: a later rollback could not take the file away."""
    require(by, Permission.VILLAGE_EDIT, kampung.village_id)
    content, kind = _checked(stream)
    evidence = Evidence(
        id=uuid.uuid4(), kampung=kampung, sha256=sha256(content).hexdigest(), media_type=kind.media_type,
        size=len(content), title=title, recorded_at=at, recorded_by=by.name,
    )  # fmt: skip
    name = stored_name(evidence.id, kind.media_type)
    try:
        with transaction.atomic(durable=True):
            _store(name, content)
            evidence.save(force_insert=True)
            audit.record(
                by=by, at=at, deed="evidence.attach", subject=evidence.pk, region=kampung.village_id,
                detail={"sha256": evidence.sha256, "size": evidence.size},
            )  # fmt: skip
    except BaseException:
        default_storage.delete(name)
        raise
    return evidence

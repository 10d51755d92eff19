"""What the header shows of the person: the role that is worn, the others, and the ways that are open in it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from balai.access.rules import Matter, Permission, Right
from balai.base.words import sentence

WAYS: tuple[tuple[Permission | None, str, str], ...] = (
    (None, sentence("Rapor"), "scorecards:nation"),
    (Permission.FAMILY_VIEW, sentence("Keluarga"), "families:villages"),
    (Permission.FAMILY_VERIFY, sentence("Periksa"), "quality:desk"),
    (Permission.FAMILY_VIEW, sentence("Mutu data"), "quality:home"),
    (Permission.ACCOUNT_VIEW, sentence("Petugas"), "staff:people"),
    (Permission.FAMILY_VIEW, sentence("Unduhan"), "exports:mine"),
    (Permission.RIGHTS_RECEIVE, sentence("Hak warga"), "privacy:requests"),
    (Permission.AUDIT_READ, sentence("Jejak"), "access:trail"),
)
# From the list of a village's families: addresses that take the village's code, for holders of a permission or for
# readers of a matter.
REGISTER: tuple[tuple[Permission | Matter, str, str], ...] = (
    (Permission.FAMILY_VIEW, sentence("Fasilitas"), "facilities:village"),
    (Matter.WELFARE, sentence("Bantuan"), "aid:village"),
    (Matter.CHILD_GROWTH, sentence("Balita"), "measurements:village"),
    (Permission.FAMILY_VIEW, sentence("Peristiwa"), "events:village"),
    (Permission.FAMILY_VIEW, sentence("Daftar kunjungan"), "quality:visits"),
    (Permission.FAMILY_VERIFY, sentence("Periksa"), "quality:check"),
    (Permission.FAMILY_VIEW, sentence("Rapor desa"), "scorecards:village"),
    (Permission.FAMILY_VIEW, sentence("Mutu data"), "quality:village"),
    (Matter.CHILD_GROWTH, sentence("Mutu pengukuran"), "scorecards:measuring"),
    (Permission.FAMILY_VIEW, sentence("Formulir kosong"), "survey:blank"),
    (Permission.FAMILY_VIEW, sentence("Unduhan"), "exports:village"),
    (Permission.IMPORT_APPLY, sentence("Impor daftar penduduk"), "rosters:upload"),
    (Permission.FAMILY_EDIT, sentence("RT belum ditentukan"), "rosters:unplaced"),
    (Permission.VILLAGE_EDIT, sentence("RT, RW, dan dusun"), "quality:places"),
)
# From the page of somebody who looks after families one by one: addresses that take the account's id.
COMPANION = ((Permission.FAMILY_VIEW, sentence("Keluarga dampingan"), "families:assigned"),)
# From the page of somebody who holds nothing any more.
FORMER = ((Permission.RIGHTS_DECIDE, sentence("Hapus data akun"), "privacy:erase_account"),)


def menu(request):
    actor = getattr(request, "actor", None)
    if actor is None or actor.account is None:
        return {}
    worn = actor.role.name + (f"@{actor.agency}" if actor.agency else "")
    settled = not actor.role.second_factor or actor.assurance == 2
    ways = [(name, reverse(way)) for needed, name, way in WAYS if settled and _is_open(actor, needed)]
    others = [hat for hat in request.hats if hat.key != worn]
    register = [(_(name), way) for needed, name, way in REGISTER if settled and _is_open(actor, needed)]
    companion = [(_(name), way) for permission, name, way in COMPANION if settled and actor.may(permission)]
    former = [(_(name), way) for permission, name, way in FORMER if settled and actor.may(permission)]
    return {"who": {"account": request.user, "role": actor.role, "others": others, "ways": ways,
                    "register": register, "companion": companion, "former": former,
                    "on_device": actor.device is not None}}  # fmt: skip


def _is_open(actor, needed):
    if isinstance(needed, Matter):
        return actor.right(needed) >= Right.MASKED
    return needed is None or actor.may(needed)

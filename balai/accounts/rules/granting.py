"""Who may give which grant: decided here, whatever page or command asks (docs/adr/0016)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from balai.access.rules import Actor, AgencyKind, Permission, Reach, Role, appointable, require
from balai.base.errors import NotAllowed, NotValid
from balai.base.words import sentence

AGENCIES = {
    AgencyKind.HEALTH: sentence("Kesehatan (Dinas Kesehatan, puskesmas)"),
    AgencyKind.SOCIAL: sentence("Sosial (Dinas Sosial)"),
    AgencyKind.POPULATION: sentence("Kependudukan (Dukcapil)"),
    AgencyKind.OTHER: sentence("Instansi lain"),
}


@dataclass(frozen=True)
class Terms:
    """What a grant says, but not to whom."""

    role: Role
    region: str
    from_on: date
    to_on: date | None = None
    agency: AgencyKind | None = None


def must_fit(terms: Terms, reach: Reach) -> None:
    """NotValid unless the role can be held over a region of that level, with or without an agency, on those days."""
    if reach not in terms.role.reach:
        raise NotValid(
            "Peran %(role)s tidak diberikan untuk wilayah setingkat ini. Pilih wilayah yang sesuai dengan perannya.",
            role=terms.role.title,
        )
    if bool(terms.role.by_agency) is not (terms.agency is not None):
        raise NotValid("Jenis instansi wajib dipilih untuk petugas instansi lain, dan hanya untuk peran itu.")
    if terms.to_on is not None and terms.to_on < terms.from_on:
        raise NotValid("Tanggal berakhir mendahului tanggal mulai. Perbaiki salah satunya.")


def may_appoint(by: Actor, role: str, region: str, agency: AgencyKind | None = None) -> bool:
    """Whether `by` may give, end and look after grants of that role there."""
    if role not in appointable(by.role) or not by.covers(region):
        return False
    return not by.role.by_agency or agency == by.agency


def must_be_givable(by: Actor, terms: Terms, *, to: UUID, last_day: date | None) -> None:
    """Raises unless `by` may give these terms to the account `to`; `last_day`: of the giver's own grant there."""
    require(by, Permission.ACCOUNT_MANAGE, terms.region)
    if by.account == to:
        raise NotAllowed("Tidak seorang pun memberi peran kepada dirinya sendiri. Mintalah petugas di atas Anda.")
    if not may_appoint(by, terms.role.name, terms.region, terms.agency):
        raise NotAllowed("Peran Anda tidak dapat memberikan peran %(role)s.", role=terms.role.title)
    if last_day is not None and (terms.to_on is None or terms.to_on > last_day):
        raise NotValid("Paling lama sampai %(day)s, hari terakhir penugasan Anda sendiri.", day=last_day)


def may_govern(by: Actor, account: UUID, held: Iterable[tuple[str, str, AgencyKind | None]]) -> bool:
    """Whether `by` may do what touches the whole account: suspend, invite anew, reset the second factor.

    Only with the power to appoint each of the (role, region, agency) held, so that nobody shuts out, or gets into the
    account of, somebody who also works elsewhere or above.
    """
    if by.account == account or not by.may(Permission.ACCOUNT_MANAGE):
        return False
    return all(may_appoint(by, *one) for one in held)

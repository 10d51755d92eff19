"""The accounts with which a visitor of the demonstration tries the roles."""

from dataclasses import dataclass

PREFIX = "demo."


@dataclass(frozen=True)
class Visitor:
    username: str
    name: str
    role: str
    region: str
    agency: str = ""


VISITORS = (
    Visitor("demo.kabupaten", "Ratna (peragaan)", "family_office", "16.05"),
    Visitor("demo.pkb", "Hendra (peragaan)", "field_officer", "16.05.02"),
    Visitor("demo.puskesmas", "Lina (peragaan)", "agency_officer", "16.05", "health"),
    Visitor("demo.kader", "Sari (peragaan)", "cadre", "16.05.02.2001"),
)

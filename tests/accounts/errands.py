"""Jobs for tests; what they did stands in `done` and `told`."""

from balai.accounts.jobs import job
from balai.base.errors import Refused

done, told = [], []


def tell(*, by, at, said, errand):
    told.append((by.name, str(said), errand))


@job(when_stopped=tell)
def note(*, by, errand):
    done.append((by, errand))


@job(when_stopped=tell)
def refuse(*, by, errand):
    raise Refused("Berkas %(name)s sudah dihapus.", name="warga.xlsx")


@job(when_stopped=tell)
def stumble(*, by, errand):
    raise ValueError("Siti, nomor 1605")

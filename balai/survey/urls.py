from django.urls import path

from balai.survey.rules import Block
from balai.survey.views import editing, paper, reading
from balai.survey.views.showing import SLUGS

app_name = "survey"


def _of(block, slug):
    """The addresses of one block."""
    here = f"keluarga/<uuid:pk>/pendataan/{slug}"
    return [
        path(here, reading.block_page(block), name=block),
        path(f"{here}/isi", editing.form(block), name=f"{block}_form"),
        path(f"{here}/draf", editing.draft(block), name=f"{block}_draft"),
        path(f"{here}/buang-draf", editing.drop(block), name=f"{block}_drop"),
        path(f"{here}/batalkan", editing.undo(block), name=f"{block}_undo"),
    ]


urlpatterns = [
    *(one for block in Block for one in _of(block, SLUGS[block])),
    path("keluarga/<uuid:pk>/pendataan/cetak", paper.filled, name="paper"),
    path("keluarga/<uuid:pk>/pendataan/cetak.pdf", paper.filled_pdf, name="paper_pdf"),
    path("keluarga/desa/<code>/formulir-kosong", paper.blank, name="blank"),
    path("keluarga/desa/<code>/formulir-kosong.pdf", paper.blank_pdf, name="blank_pdf"),
]

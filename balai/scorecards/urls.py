from django.urls import path

from balai.scorecards.views import behind, book, doubts, files, measuring, one, regions, villages

app_name = "scorecards"
urlpatterns = [
    path("rapor/", regions.nation, name="nation"),
    path("rapor/ekspor.<kind>", files.nation, name="export_nation"),
    path("rapor/indikator/<indicator>", one.nation, name="one_nation"),
    path("rapor/wilayah/<code>", regions.region, name="region"),
    path("rapor/wilayah/<code>/diragukan", doubts.region, name="doubts_region"),
    path("rapor/wilayah/<code>/ekspor.<kind>", files.region, name="export_region"),
    path("rapor/wilayah/<code>/indikator/<indicator>", one.region, name="one_region"),
    path("rapor/desa/<code>", villages.village, name="village"),
    path("rapor/desa/<code>/diragukan", doubts.village, name="doubts_village"),
    path("rapor/desa/<code>/indikator/<indicator>", one.village, name="one_village"),
    path("rapor/desa/<code>/indikator/<indicator>/daftar", behind.behind, name="behind"),
    path("rapor/desa/<code>/pengukuran", measuring.measuring, name="measuring"),
    path("indikator/", book.book, name="book"),
    path("indikator.json", book.as_json, name="json"),
    path("indikator/<indicator>", book.entry, name="entry"),
]

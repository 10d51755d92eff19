from django.urls import path

from balai.reports.views import about, choices, regions, rulesets, search, villages

app_name = "reports"
urlpatterns = [
    path("", regions.nation, name="nation"),
    path("ekspor.<kind>", regions.export, name="export_nation"),
    path("wilayah/<code>", regions.region, name="region"),
    path("wilayah/<code>/ekspor.<kind>", regions.export, name="export_region"),
    path("desa/<code>", villages.village, name="village"),
    path("desa/<code>/andaikan", villages.whatif, name="whatif"),
    path("cari", search.search, name="search"),
    path("aturan", rulesets.rulesets, name="rulesets"),
    path("aturan/<name>", rulesets.ruleset, name="ruleset"),
    path("tentang-data", about.about, name="about"),
    path("bahasa", choices.language, name="language"),
    path("tema", choices.theme, name="theme"),
    path("favicon.svg", choices.favicon),
    path("favicon.ico", choices.favicon),
]

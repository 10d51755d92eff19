from django.urls import include, path

from balai.accounts.urls import library

handler400 = "balai.config.errors.wrong"
handler500 = "balai.config.errors.broken"
urlpatterns = [
    path("", include("balai.access.urls")),
    path("", include("balai.accounts.urls")),
    path("", include("balai.staff.urls")),
    path("", include(library)),
    path("", include("balai.facilities.urls")),
    path("", include("balai.families.urls")),
    path("", include("balai.identity.urls")),
    path("", include("balai.aid.urls")),
    path("", include("balai.survey.urls")),
    path("", include("balai.measurements.urls")),
    path("", include("balai.events.urls")),
    path("", include("balai.quality.urls")),
    path("", include("balai.privacy.urls")),
    path("", include("balai.exports.urls")),
    path("", include("balai.rosters.urls")),
    path("", include("balai.scorecards.urls")),
    path("", include("balai.reports.urls")),
]

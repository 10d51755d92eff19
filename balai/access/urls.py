from django.urls import path

from balai.access.views import trail

app_name = "access"
urlpatterns = [
    path("jejak", trail.trail, name="trail"),
    path("jejak/ekspor.<kind>", trail.export, name="trail_export"),
    path("jejak/<int:pk>", trail.entry, name="entry"),
    path("jejak/kebocoran", trail.breach, name="breach"),
    path("jejak/kebocoran/ekspor.<kind>", trail.breach_export, name="breach_export"),
    path("jejak/kebocoran/surat", trail.letter, name="breach_letter"),
]

from django.urls import path

from balai.quality.views import checking, deciding, figures, places, visiting

app_name = "quality"
urlpatterns = [
    path("mutu/", figures.home, name="home"),
    path("mutu/desa/<code>", figures.village, name="village"),
    path("mutu/desa/<code>/betulkan", figures.mend, name="mend"),
    path("mutu/desa/<code>/keluarga", figures.behind, name="behind"),
    path("wilayah-desa/<code>", places.places, name="places"),
    path("wilayah-desa/<code>/nama", places.name, name="place_name"),
    path("wilayah-desa/<code>/akhiri", places.end, name="place_end"),
    path("wilayah-desa/<code>/buka-lagi", places.reopen, name="place_reopen"),
    path("kunjungan/desa/<code>", visiting.visits, name="visits"),
    path("periksa/", checking.desk, name="desk"),
    path("periksa/desa/<code>", checking.check, name="check"),
    path("periksa/keluarga/<uuid:pk>/sahkan", deciding.verify, name="verify"),
    path("periksa/keluarga/<uuid:pk>/kembalikan", deciding.sending_back, name="send_back"),
    path("periksa/keluarga/<uuid:pk>/batal", deciding.undo, name="undo"),
]

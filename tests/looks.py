"""The windows in which pages are looked at. Light and dark differ in colours only, and so take turns."""

PHONE, DESK = (360, 640), (1280, 800)
LOOKS = ((*PHONE, "light"), (*DESK, "dark"))

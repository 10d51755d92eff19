"""Places that serve families: posyandu, puskesmas, PAUD, schools, PKBM, UPPKA, water points.

A facility stands in a village or near it; what it offers is dated. A family is never part of this room.
"""

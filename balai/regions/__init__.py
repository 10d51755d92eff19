"""The national tree of places and its history.

Key: the Kemendagri code with dots (76, 76.05, 76.05.03, 76.05.03.2024). No retired code has been given to another
place, so a code names one place for good; places that ended keep their row with `valid_to`. Below the village stand
dusun, RW, RT, posyandu and dasa wisma: village code, a dot, a letter for the kind and a number. BPS codes differ from
Kemendagri's in 199 kabupaten and are only ever an attribute. Splits, renames and re-codings are dated `Change` rows.
"""

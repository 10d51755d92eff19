"""Invented data of four real kabupaten, so that there is something to look at.

It enters by the same actions as an import, is marked as invented at its source, and never mixes with other data. What
was published of the four is reached by inventing inputs and letting the classification compute (docs/adr/0008).
"""

"""What families answer at the national family data collection (Pendataan Keluarga, blocks I to III).

Each item is defined once, with its code and its source; an answer is dated: it holds from a day until another one
follows. A question that was not asked has no answer, which is not "no".

K.09 and P.02 (birth certificate, marriage book) are what the family said on that day; a paper that somebody has seen is
a Document of the person. The two may differ, and that is worth a visit.
"""

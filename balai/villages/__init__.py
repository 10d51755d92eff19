"""The registry of villages: the Kampung KB beside the desa, its Pokja, groups, documents, and what is reported of it.

Nothing here is overwritten. Scalar facts (yes/no, counts, choices) are rows of `Answer`, each with the day from which
it holds, the moment and the person that entered it; the newest row that holds on a day is the answer of that day, a
row with neither value nor text says "not filled any more", and no row at all says "not filled", which is neither no
nor zero. Things with an identity (documents, Pokja, members, groups, officers) are rows with their own dates; a
correction is a new row that `replaces` the old one, of the same `lineage`. The Kampung KB itself is one row that stays,
because everything hangs on it; `KampungVersion` keeps what was known of its founding and end, and since when. Monthly
figures from other systems are `Return` rows, one for each village, register, month and vintage; `VillageMonth` repeats,
typed, what the returns in force say for the scores.
"""

"""What families answer at the national family data collection (Pendataan Keluarga, blocks I to III).

Each item is defined once, with its code and its source; an answer is dated: it holds from a day until another one
follows. A question that was not asked has no answer, which is not "no".
"""

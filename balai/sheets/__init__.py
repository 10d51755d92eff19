"""What a sheet of residents says: which list it is, its people, told cell by cell, and who of them is a family.

It knows nothing of who lives in the register; `rosters` compares the two.
"""

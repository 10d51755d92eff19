"""How children grow, beside WHO's standards (2006, 2007): z-scores, classes, gain of weight, curves.

Plain functions on columns of numbers and the tables they need; knows nothing of families, villages or databases, so
that others can use it alone.
"""

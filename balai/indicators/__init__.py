"""What is measured: each indicator defined once, in words, as conditions on promised tables, and with its source.

The promised tables are the only contract with the register: this room never asks where their rows come from. A
definition is translated for every engine and gives the same integers, numerator and denominator, on each; division
comes last. Missing is not zero.
"""

"""How far the register can be trusted: verified by whom and when, how fresh, how complete.

A family's record is a draft until an officer verifies it; every year it is looked at again.
"""

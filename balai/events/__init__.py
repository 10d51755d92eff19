"""What happens in the life of a family: birth, death, moving, marriage, divorce, splitting, merging.

An event has the day on which it happened apart from the day on which it was entered, and it can be undone.
"""

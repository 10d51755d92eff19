"""The family register of the village (Rumah DataKu).

The unit is the family: one couple, or a parent with children, living in the village for six months; not the KK card.
"""

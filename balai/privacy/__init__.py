"""Rights of the persons whose data Balai holds (UU 27/2022): what is held, why, how long, and their requests.

Knows every table only by its fields: each field has a class, a purpose and a time to keep.
"""

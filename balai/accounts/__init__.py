"""People who sign in: their one account, the grants they hold, their devices, and how officers administer them.

What a grant allows stands in `access`; here stands who holds which, where, and until when.
"""

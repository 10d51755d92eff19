"""Who acts, what they may do and where, and the trail of what was done: needed by every room that writes.

People, grants and sign-in are the room `accounts`, above `regions`, and come with their own issue (docs/adr/0010).
What stands from the first day: every action names its actor (`by`), asks `rules.require`, and leaves an entry in the
audit trail in the same transaction.
"""

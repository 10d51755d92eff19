"""Who acts, what they may do and where, and the trail of what was done.

Sign-in and people come with their own issue. What stands from the first day: every action names its actor
(`by`), asks `rules.require`, and leaves an entry in the audit trail in the same transaction.
"""

"""What families receive, and what other lists say of them.

Services and aid with agency, programme, period and source; external lists (DTSEN, P3KE, Dukcapil), versioned, matched
to families and persons, with the state and the day of the match. A list that says nothing of a family does not say
that the family is not poor.
"""

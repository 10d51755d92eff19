"""Tables of WHO, scores, classes and gains: plain functions on columns."""

"""Who somebody is: the papers that say so, and persons and families that were entered twice."""

"""Lists of residents: which list it is, what its cells say, which rows are a family: pure."""

"""The rule sets: one file a version, readable by an official. A change of meaning is a new file."""

"""What a snapshot holds and how it is made of what the register says: pure."""

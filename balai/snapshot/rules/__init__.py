"""What a snapshot holds and when it is whole: pure."""

"""What may be measured, and what cannot be: pure."""

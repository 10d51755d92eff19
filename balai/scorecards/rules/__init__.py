"""How figures are arranged and drawn: pure."""

"""Lists of residents beside the register: what their rows would change, and what can be done with a list: pure."""

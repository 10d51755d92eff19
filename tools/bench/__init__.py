"""Speed and memory, each beside a yardstick of the same run. `python -m tools.bench [NAME …]`."""

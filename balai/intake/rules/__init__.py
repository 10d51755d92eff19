"""What intake knows by rule: numbers and months as people write them, and the registers of SIGA. Pure."""

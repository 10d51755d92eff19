"""An invented population with the structure of the real one: vectorised, seeded, dirty on request.

Nobody in it exists. It enters the register by the same door as a file of residents.
"""

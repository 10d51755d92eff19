"""A file of measured children: which column is which, what its cells say, what cannot be right."""

from balai.growth.inputs.checking import Checked, checked
from balai.growth.inputs.files import opened, target
from balai.growth.inputs.header import Header

__all__ = ["Checked", "Header", "checked", "opened", "target"]

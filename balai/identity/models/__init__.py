from balai.identity.models.papers import Document
from balai.identity.models.twins import likely_twins

__all__ = ["Document", "likely_twins"]

from balai.identity.rules.documents import DocumentKind, paper_warnings

__all__ = ["DocumentKind", "paper_warnings"]

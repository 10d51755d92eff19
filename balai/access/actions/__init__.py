from balai.access.actions.trail import record

__all__ = ["record"]

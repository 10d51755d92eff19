from balai.accounts.models.account import Account

__all__ = ["Account"]

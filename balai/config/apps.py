from django.apps import AppConfig

from balai.config import checks  # noqa: F401  importing them registers them


class House(AppConfig):
    name = "balai.config"

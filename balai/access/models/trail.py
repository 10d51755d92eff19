from django.db import models


class AuditEntry(models.Model):
    """One deed: who, when, what, on what. Rows are only ever added."""

    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    deed = models.CharField(max_length=60)
    region = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["region", "at"], name="audit_region_at"),
            models.Index(fields=["subject", "at"], name="audit_subject_at"),
        ]

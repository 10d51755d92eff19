from enum import StrEnum


class Permission(StrEnum):
    """What can be allowed; a verb on a thing."""

    REGIONS_LOAD = "regions.load"
    REGIONS_EDIT = "regions.edit"
    VILLAGE_EDIT = "village.edit"
    IMPORT_APPLY = "import.apply"
    CLASSIFY = "classify"
    FAMILY_VIEW = "family.view"
    FAMILY_EDIT = "family.edit"
    FAMILY_VERIFY = "family.verify"
    EXPORT_APPROVE = "export.approve"
    NUMBER_REVEAL = "number.reveal"
    ACCOUNT_VIEW = "account.view"
    ACCOUNT_MANAGE = "account.manage"
    DEVICE_ENROL = "device.enrol"
    FACTOR_RESET = "factor.reset"
    AUDIT_READ = "audit.read"
    RIGHTS_RECEIVE = "rights.receive"
    RIGHTS_DECIDE = "rights.decide"
    KEYS_ROTATE = "keys.rotate"
    SYSTEM_SETUP = "system.setup"

from balai.vault.actions.rotation import rotate_data_keys, rotate_index_key, rotate_kek

__all__ = ["rotate_data_keys", "rotate_index_key", "rotate_kek"]

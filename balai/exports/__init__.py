"""Lists that leave as files: asked for, approved where they are large or sensitive, fetched once, recorded.

Whoever may see a list may take it along; a second officer approves what would harm many.
"""

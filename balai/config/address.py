"""The public address of this installation, from BALAI_ADDRESS (https://host); empty for one's own machine alone."""

import os
from urllib.parse import urlsplit

ADDRESS = os.environ.get("BALAI_ADDRESS", "").rstrip("/")
HTTPS = urlsplit(ADDRESS).scheme == "https"
HOST = urlsplit(ADDRESS).hostname or ""

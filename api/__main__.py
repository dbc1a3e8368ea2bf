"""`python -m api` prints the API's description: `python -m api > docs/openapi.json`."""

from __future__ import annotations

import sys

from api.app import openapi_document
from api.openapi import as_text

if __name__ == "__main__":
    sys.stdout.write(as_text(openapi_document()))

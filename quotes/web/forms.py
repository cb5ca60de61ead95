"""Reading what a form sends."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

MOST_BYTES = 2_000_000
"""The longest text that a form takes."""


async def read_body(request: Request, most: int = MOST_BYTES) -> bytes:
    """Return the body of a request; raises HTTPException (413) if it is longer than ``most``."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413, f"that is longer than {most:,} bytes: send less")
    return bytes(body)


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form (application/x-www-form-urlencoded), the last of each name."""
    body = await read_body(request)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=200))
    except ValueError as error:
        raise HTTPException(400, "this is not a form: send its fields URL-encoded") from error

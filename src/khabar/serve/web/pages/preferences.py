"""What the reader chooses: language, colours, calendar, digits. Kept in cookies of this browser."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from khabar.serve.web.desk import CALENDARS, DIGITS, LANGUAGES, THEMES, keep_choice, own_path, read_form

router = APIRouter()
_CHOICES = {"language": LANGUAGES, "theme": THEMES, "calendar": CALENDARS, "digits": DIGITS}


@router.post("/preferences")
async def choose(request: Request) -> Response:
    """Keeps what was chosen and goes back."""
    form = await read_form(request)
    answer = RedirectResponse(own_path(form.get("next")), 303)
    for name, choices in _CHOICES.items():
        value = str(form.get(name, ""))
        if value in choices:
            keep_choice(answer, f"khabar_{name}", value)
    return answer

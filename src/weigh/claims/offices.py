"""Offices that stand for a state when named with it: "Norland's interior minister", "the king of Norland".

Whoever holds one speaks for the state, as "the government" or "officials" do.
"""

from __future__ import annotations

import re

_CHARGE = (
    r"(?:foreign|external|home|internal|digital|economic|european|intelligence"
    r"|(?:cyber|state|national|public) ?security|defen[cs]e|interior|justice|finance|health|energy|transport"
    r"|trade|economy|education|information|communications|culture|infrastructure|industry|science|agriculture"
    r"|labou?r|police)(?: affairs)?"
)
_CHARGES = rf"{_CHARGE}(?:,? (?:and|&) (?:the )?{_CHARGE})?"
_MINISTER = rf"(?:minister|secretary) (?:of|for) (?:the )?{_CHARGES}"
_OFFICE = (
    r"(?:(?:deputy|vice|acting|interim|caretaker|first|outgoing|chief)[- ])*"
    r"(?:president|(?:prime )?minister|premier|chancellor|king|queen|emperor|monarch|supreme leader"
    rf"|attorney general|prosecutor[- ]general|{_CHARGES} (?:ministry|minister|secretary|office|committee)"
    r"|(?:speaker|president) of (?:the )?parliament|parliament(?:ary)? speaker|head of (?:state|government)"
    r"|national security advis[eo]r|(?:intelligence|spy|army|military|police|security) (?:chief|head|boss))"
)
_HOLDER = re.compile(rf"(?<![\w-])(?:the )?(?:{_MINISTER}|{_OFFICE}) of (?:the )?\Z", re.IGNORECASE)
_LONGEST = 80

AFTER = re.compile(
    r"(?:[’']s)?\s(?:government|authorities|administration|regime|side|leadership|officials?|state agencies"
    r"|state(?=\s(?:agencies|bodies))|embassy|ambassador|delegation|armed forces"
    rf"|{_MINISTER}|{_OFFICE}"
    r"|(?:(?:military|foreign|domestic|state) )?(?:intelligence|security) (?:services?|agenc(?:y|ies))"
    r"|military intelligence)\b",
    re.IGNORECASE,
)
"""What after the name of a state, or its adjective, is the state itself."""


def begins(text: str, after: int, state: int) -> int:
    """Where the name of a state at a place begins with the office before it, at `after` or later."""
    match = _HOLDER.search(text, max(after, state - _LONGEST), state)
    return state if match is None else match.start()

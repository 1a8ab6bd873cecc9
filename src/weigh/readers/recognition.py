"""Which format a text is, by its content; its name decides only where the content fits several."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

from weigh.readers import csv

# Possessive, all of these: what they go back over would be kept for each of millions of pieces.
MARKUP_BEGINS = re.compile(r"\s*+(?>(?:<!--.{0,2000}?-->\s*+|<\?xml[^>]{0,200}\?>\s*+)*)", re.DOTALL)
PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
HTML_TAG = re.compile(
    r"</(?:p|div|table|ul|ol|li|h[1-6]|article|section|span|a|body|head|title|b|i|em|strong|blockquote|pre)\s*>",
    re.IGNORECASE,
)
JSON_BEGINS = re.compile(r"\s*+(?:(?:\[\s*+)*+\{\s*+(?:\"|\})|(?:\[\s*+)++(?:\"|\]))")
HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
FENCE = re.compile(r"^(?:```|~~~)", re.MULTILINE)
LINK = re.compile(r"\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)")
HEAD = 4_096
PROBE = 100_000

NAMES: Mapping[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".log": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".stix": "json",
    ".stix2": "json",
}


def named_format(name: str) -> str:
    """The format that the file's name claims; empty when it claims none that is a text."""
    return NAMES.get(PurePath(name).suffix.lower(), "")


def text_format(text: str, name: str) -> str:
    """`html`, `json`, `csv`, `markdown` or `text`."""
    claimed = named_format(name)
    if _is_html(text, claimed):
        return "html"
    if JSON_BEGINS.match(text) is not None and claimed not in {"text", "markdown"}:
        return "json"
    if csv.is_observations(text) or (claimed == "csv" and csv.is_table(text)):
        return "csv"
    if claimed in {"text", "markdown"}:
        return claimed
    return "markdown" if _is_markdown(text[:PROBE]) else "text"


def _is_html(text: str, claimed: str) -> bool:
    """A page says so near its beginning; a fragment begins with a tag and closes known ones.

    Other XML is left as it is, because an HTML parser takes its CDATA sections for comments.
    """
    begins = MARKUP_BEGINS.match(text)
    prolog = "" if begins is None else begins.group()
    rest = text[len(prolog) :]
    if PAGE.match(rest) is not None:
        return True
    if "<?xml" in prolog or claimed == "markdown" or HTML_TAG.search(text[:PROBE]) is None:
        return False
    page = claimed == "html" or PAGE.search(text[:HEAD]) is not None
    return (page or rest.startswith("<")) and not _is_markdown(text[:PROBE])


def _is_markdown(text: str) -> bool:
    """Two of its three marks: headings, fenced code, links."""
    return sum(mark.search(text) is not None for mark in (HEADING, FENCE, LINK)) >= 2

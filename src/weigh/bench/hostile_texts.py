"""Hostile and odd files that are text: plain, Markdown, HTML and CSV, each of about the bytes asked for.

All of them are ours, made from a size, so that tests read small ones and `weigh bench hostile` large
ones. `TEXTS` maps a file's name, which says what is odd about it, to its maker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Make = Callable[[int], bytes]
"""A size in bytes -> a file of about as many."""

WORDS = "The intruders sent an attachment (T1566.001) from berth-updates[.]example on 2021-07-19.\n"
_RIGHT_TO_LEFT = "\u202e\u2066gnp.exe\u2069\u202c \u200bТ1566 \u0410РТ40 ｅｘａｍｐｌｅ。com аpple.example\n"


def repeated(piece: str, size: int) -> bytes:
    """A piece over and over, up to about `size` bytes."""
    encoded = piece.encode("utf-8")
    return encoded * max(size // len(encoded), 1)


def again(piece: str) -> Make:
    """A piece over and over."""
    return lambda size: repeated(piece, size)


def within(before: str, piece: str, after: str) -> Make:
    """The same between a beginning and an end."""
    return lambda size: before.encode() + repeated(piece, size) + after.encode()


def _counted(piece: str) -> Make:
    """A piece with a number in it, another each time: nothing is said twice."""

    def make(size: int) -> bytes:
        number = max(size // len(piece.format(0, 0, 0)), 1)
        return "".join(
            piece.format(index >> 16 & 255, index >> 8 & 255, index & 255) for index in range(number)
        ).encode()

    return make


def _mixed_encodings(size: int) -> bytes:
    line = "Zürich, Минск, 東京: " + WORDS
    encodings = ("utf-8", "cp1251", "utf-16-le", "shift_jis", "latin-1", "utf-8-sig")
    return b"".join(line.encode(encoding, "replace") * max(size // 600, 1) for encoding in encodings)


def _all_bytes(size: int) -> bytes:
    return bytes(range(256)) * max(size // 256, 1)


def _wide_table(size: int) -> bytes:
    return b",".join(b"c%d" % index for index in range(max(size // 16, 2))) + b"\n" + b"," * (size // 2)


def _spans(size: int) -> bytes:
    """Cells that claim a table of 10^12 cells."""
    cell = '<td colspan="1000000" rowspan="1000000">T1059</td>'
    return b"<html><body><table>" + repeated(f"<tr>{cell * 3}</tr>", size) + b"</table></body></html>"


def _entity_bomb(size: int) -> bytes:
    levels = max(min(size // 60, 60), 3)
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    return (
        f'<!DOCTYPE html [<!ENTITY e0 "boom">{entities}]><html><p>&e{levels - 1}; T1059</p></html>'.encode()
    )


TEXTS: Mapping[str, Make] = {
    "empty.txt": lambda size: b"",
    "blank.txt": again(" \n\t"),
    "only a byte order mark.txt": lambda size: b"\xff\xfe",
    "one line.txt": again(WORDS.replace("\n", " ")),
    "one word.txt": again("x"),
    "one word with dots.txt": again("a."),
    "one number.txt": again("1"),
    "zero bytes.txt": again("attack\x00 T1059\x00\n"),
    "every byte.txt": _all_bytes,
    "mixed encodings.txt": _mixed_encodings,
    "right to left and lookalikes.txt": again(_RIGHT_TO_LEFT),
    "combining marks.txt": again("a" + "\u0301" * 500 + " "),
    "line ends of every kind.txt": again("a\r\n\r\u2028\u2029\x0b\x0c\x85"),
    "opening brackets.txt": again("hxxp[:]//["),
    "dots in brackets.txt": again("a[.]b(.)"),
    "addresses.txt": _counted("198.{}.{}.{} "),
    "domains.txt": _counted("host{}-{}-{}.example.com "),
    "digests.txt": _counted("{:08x}{:08x}{:016x} "),
    "identifiers.txt": again("T1059.001 CVE-2021-26855 S0154 G0065 "),
    "backslashes.txt": within("C:\\", "a\\", ""),
    "slashes.txt": within("http://a.example/", "a/", ""),
    "at signs.txt": again("a@"),
    "headings.txt": again("Mitigations\nDetection:\nReferences\n1. Summary\n"),
    "numbered headings.txt": again("1.1.1.1 Mitigations "),
    "sentences that never end.txt": again("and then Dr. A. B. e.g. "),
    "table of a lost layout.txt": again("T1059\n\n|\n"),
    "brackets of links.md": again("# a\n[a](b "),
    "nested quotes.md": again("# [a](b)\n" + "> " * 400 + "T1059\n```\n"),
    "nested.html": within("<html><body>", "<div>", ""),
    "unclosed.html": within("<html><body>", "<b><i><a href=x>", "T1059"),
    "tables in tables.html": within("<html><body>", "<table><tr><td>", "T1059"),
    "spans.html": _spans,
    "attributes.html": within("<html><body><p ", 'a="1" b ', ">T1059</p>"),
    "entities.html": within("<html><p>", "&amp;&#x41;&nbsp&bogus;", "</p>"),
    "entity bomb.html": _entity_bomb,
    "comments.html": within("<html><p>T1059", "<!--", ""),
    "many comments.html": within("", "<!-- -->", "<html><p>T1059</p>"),
    "scripts.html": within("<html><p>T1059</p>", "<script>alert('T1566')</script><scr<script>ipt>", ""),
    "prolog.html": within("", "<!-- ", "<html><p>T1059"),
    "cell.csv": within('kind,value\ndomain,"', 'a.example\n""b"",', '"\n'),
    "unclosed quote.csv": within("kind,value\n", 'domain,"a\n', ""),
    "rows.csv": within("kind,value\n", "technique,T1059\n", ""),
    "columns.csv": _wide_table,
    "commas.csv": within("kind,value\n", ",", ""),
    "formulas.csv": within("kind,value\n", "domain,=HYPERLINK(a)\n@SUM(1),+1\n", ""),
}

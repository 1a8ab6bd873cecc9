#!/bin/sh
# Prints vendor-report.html to ../documents/vendor-report.pdf.
# Needs chromium and python3. The clock of the machine is taken out of the result.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
cd "$here"
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
  --disable-component-update --disable-sync --user-data-dir="$profile" \
  --no-pdf-header-footer --print-to-pdf="$profile/printed.pdf" vendor-report.html 2>"$profile/log" ||
  { cat "$profile/log" >&2; exit 1; }
python3 - "$profile/printed.pdf" ../documents/vendor-report.pdf <<'PYTHON'
import re
import sys
from pathlib import Path

# Same length in, same length out: the offsets of the cross-reference table stay right.
FIXED = {
    rb"/(CreationDate|ModDate) \(D:\d{14}[^)]*\)": lambda found: re.sub(
        rb"\d{14}", b"20240507090000", found[0], count=1
    ),
    rb"/Creator \((?:\\.|[^()\\])*\)": lambda found: b"/Creator (" + b" " * (len(found[0]) - 11) + b")",
}
pdf = Path(sys.argv[1]).read_bytes()
for pattern, put in FIXED.items():
    pdf = re.sub(pattern, put, pdf)
Path(sys.argv[2]).write_bytes(pdf)
PYTHON

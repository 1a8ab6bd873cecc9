"""`python -m weigh`."""

from __future__ import annotations

from weigh.cli.main import main

if __name__ == "__main__":
    main()

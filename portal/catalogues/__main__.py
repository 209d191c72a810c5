"""`python -m portal.catalogues`: compile the catalogues before the portal's applications begin."""

import sys

from portal.catalogues.files import NotACatalogueError, compile_all, language_files


def main() -> int:
    """Compile all; return 1, and say which file and line, where one is no catalogue."""
    try:
        compile_all(language_files())
    except NotACatalogueError as error:
        print(f"✗ {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

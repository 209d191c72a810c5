"""What a file may cost. `settings.FILE_LIMITS` overrides by name: {"file_bytes": 5_000_000}."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bytes, counts and seconds. Each is checked before the cost that it bounds arises."""

    file_bytes: int = 10 * MEGABYTE

    # The process that reads the file.
    seconds: int = 30  # of its processor; twice that by the clock, as machines are busy
    memory_bytes: int = 640 * MEGABYTE  # of addresses, of which the interpreter takes 150
    at_once: int = 2  # such processes on a machine

    # Office documents: archives of XML.
    archive_bytes: int = 100 * MEGABYTE  # unpacked, all together
    archive_entries: int = 2_000
    xml_depth: int = 256
    xml_elements: int = 1_500_000
    cells: int = 500_000  # of a workbook, those that hold something

    # Pictures, inside documents too.
    image_pixels: int = 50_000_000  # decoded
    picture_side: int = 2_560  # kept: a sheet of A4 can be read

    pdf_pages: int = 300
    page_pixels: int = 12_000_000  # of a page's drawing: a larger page has fewer dots an inch

    rebuilt_bytes: int = 40 * MEGABYTE
    text_characters: int = 1_000_000  # kept for screen readers and search

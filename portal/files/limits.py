"""What a file may cost. `settings.FILE_LIMITS` overrides by name: {"file_bytes": 5_000_000}."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bytes, counts and seconds. Each is checked before the cost that it bounds arises."""

    file_bytes: int = 10 * MEGABYTE

    # The process that reads the file.
    seconds: int = 10  # of its processor; three times that by the clock, as machines are busy
    memory_bytes: int = 640 * MEGABYTE  # of addresses, of which the interpreter takes 150
    at_once: int = 2  # such processes for each process of the portal

    # DOCX, ODT, XLSX: archives of XML.
    archive_entries: int = 2_000
    archive_bytes: int = 48 * MEGABYTE  # unpacked, all together
    archive_ratio: int = 200  # unpacked to packed, of entries above a megabyte
    xml_depth: int = 256
    xml_elements: int = 1_500_000

    # Pictures, inside documents too.
    image_pixels: int = 50_000_000  # decoded
    picture_side: int = 2_560  # kept: a sheet of A4 can be read
    image_frames: int = 50

    pdf_objects: int = 100_000
    pdf_pages: int = 1_000
    pdf_page_points: int = 15_000  # a side; about five metres
    pdf_image_pixels: int = 100_000_000  # scans of large sheets, in black and white
    pdf_stream_bytes: int = 128 * MEGABYTE  # one stream, unpacked
    pdf_total_bytes: int = 384 * MEGABYTE

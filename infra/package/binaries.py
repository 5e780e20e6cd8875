"""Take out of compiled modules what only a debugger reads: symbols, and the table of sections.

A loader reads the segments of an ELF file, which its program headers name, and nothing else: what
lies behind the last of them can go. Of the modules of aiohttp and multidict that is four fifths, of
cryptography's a fifth. Written here, since `strip` is not on every machine that builds the package,
and its output is not the same on all of them.

Source: "Tool Interface Standard: Executable and Linking Format", version 1.2, and its 64-bit form
in the System V ABI: `e_phoff` and the section fields of the header, `p_offset`, `p_filesz`.
"""

import struct
from pathlib import Path

# 64 bits, little-endian: what Azure's Linux runs. Any other file is left as it is.
_MAGIC = b"\x7fELF\x02\x01"
_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_PROGRAM_HEADER = struct.Struct("<IIQQQQQQ")
_SECTIONS_AT, _SECTION_COUNT, _SECTION_NAMES = 6, 12, 13


def strip_modules(site: Path) -> None:
    """Make every compiled module in the folder as small as its loader allows."""
    for path in sorted(site.rglob("*.so*")):
        content = path.read_bytes()
        if content.startswith(_MAGIC):
            path.write_bytes(loaded_part(content))


def loaded_part(content: bytes) -> bytes:
    """The header, and all that is loaded; without a table of sections, since those are gone."""
    fields = list(_HEADER.unpack_from(content))
    headers_at, header_size, count = fields[5], fields[9], fields[10]
    end = headers_at + header_size * count
    for number in range(count):
        at = headers_at + header_size * number
        _, _, offset, _, _, size, _, _ = _PROGRAM_HEADER.unpack_from(content, at)
        end = max(end, offset + size)
    for field in (_SECTIONS_AT, _SECTION_COUNT, _SECTION_NAMES):
        fields[field] = 0
    return _HEADER.pack(*fields) + content[_HEADER.size : end]

"""A deposit's outer form: a BagIt bag in a zip file whose bytes follow from its files and its date alone.

Files are stored, not compressed: the same bytes whatever compressor a Python was built with, no unfolding
when it is verified, and each file readable in the zip as it is. `bagit` could write the bag, but only in
place, in a folder, with version 0.97; the lines below write it in memory, and tests validate it with `bagit`.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence

from analysis.press.verify import ALGORITHMS, BAGIT, PAYLOAD, zip_time


def bagged(
    payload: Mapping[str, bytes], tags: Mapping[str, bytes], details: Sequence[tuple[str, str]]
) -> dict[str, bytes]:
    """The files of a bag: `payload` under `data/`, the further tag files, `details` in bag-info, manifests."""
    octets = sum(map(len, payload.values()))
    lines = [*details, ("Payload-Oxum", f"{octets}.{len(payload)}")]
    info = "".join(f"{name}: {value}\n" for name, value in lines)
    content = {PAYLOAD + name: body for name, body in payload.items()}
    others = {**tags, "bagit.txt": BAGIT.encode(), "bag-info.txt": info.encode()}
    others |= {f"manifest-{name}.txt": _manifest(content, name) for name in ALGORITHMS}
    return {
        **content,
        **others,
        **{f"tagmanifest-{name}.txt": _manifest(others, name) for name in ALGORITHMS},
    }


def zipped(files: Mapping[str, bytes], modes: Mapping[str, str], date: str) -> bytes:
    """A zip of `files`, sorted and stored, all of one `date` (ISO 8601 in UTC); `modes` as git writes them."""
    at = zip_time(date)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, at)
            member.create_system = 3  # Unix, on every system
            member.external_attr = int(modes.get(name, "100644"), 8) << 16
            archive.writestr(member, files[name])
    return buffer.getvalue()


def _manifest(files: Mapping[str, bytes], algorithm: str) -> bytes:
    lines = (f"{hashlib.new(algorithm, files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()

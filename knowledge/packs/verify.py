"""Check a pack of guides, from its folder: python3 verify.py [public-key.pem]

It needs Python and its package "cryptography". Get the public key from the portal itself: whoever
forges a pack puts a key of their own into it.
"""

import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_public_key

folder = Path(__file__).resolve().parent
pem = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "public-key.pem"
manifest = (folder / "manifest.json").read_bytes()
try:
    load_pem_public_key(pem.read_bytes()).verify((folder / "SIGNATURE").read_bytes(), manifest)
except InvalidSignature:
    sys.exit("WRONG: the signature does not fit the manifest and this key.")
listed = {each["path"]: each["sha256"] for each in json.loads(manifest)["files"]}
missing = [path for path in listed if not (folder / path).is_file()]
there = [path for path in listed if path not in missing]
hashes = {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in there}
changed = [path for path in there if hashes[path] != listed[path]]
for path in missing + changed:
    print("MISSING:" if path in missing else "CHANGED:", path)
if missing or changed:
    sys.exit(1)
print(f"All {len(listed)} files are as they were signed, with the key in {pem.name}.")

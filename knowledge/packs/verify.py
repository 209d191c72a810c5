"""Check a pack of guides, from its folder: python3 verify.py [public-key.pem]

It needs Python and its package "cryptography". Get the public key from the portal itself: whoever
forges a pack puts a key of their own into it.
"""

import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key


def main(folder: Path, pem: Path) -> None:
    """Say what is wrong and end with 1, or say that all is as it was signed."""
    manifest = (folder / "manifest.json").read_bytes()
    key = load_pem_public_key(pem.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        sys.exit("WRONG: this is a key of another kind.")
    try:
        key.verify((folder / "SIGNATURE").read_bytes(), manifest)
    except InvalidSignature:
        sys.exit("WRONG: the signature does not fit the manifest and this key.")
    listed = {each["path"]: each["sha256"] for each in json.loads(manifest)["files"]}
    wrong = 0
    for path, sha256 in listed.items():
        file = folder / path
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
            print("CHANGED:" if file.is_file() else "MISSING:", path)
            wrong += 1
    if wrong:
        sys.exit(1)
    print(f"All {len(listed)} files are as they were signed, with the key in {pem.name}.")


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    main(here, Path(sys.argv[1]) if len(sys.argv) > 1 else here / "public-key.pem")

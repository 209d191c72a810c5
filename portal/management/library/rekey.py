"""
Rewrite guides from the keys of the drafts to those of sources.toml. Deleted before anything lands.

python3 rekey.py files: the files named, of any language. Twice does no harm.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent
CITED = re.compile(r"\{\{\s*([A-Za-z0-9-]+)\s*(?::\s*([^{}\n]*?)\s*)?\}\}")
# Of a note or a quotation: cite = "E1: Art. 5(1)"
NOTED = re.compile(r'^(cite\s*=\s*")([^":{]+?)\s*(?::\s*([^"]*?)\s*)?(")', re.MULTILINE)
LISTED = re.compile(r"^sources\s*=\s*\[[^\]]*\]", re.MULTILINE)

KEYS = tomllib.loads((FOLDER / "keys.toml").read_text(encoding="utf-8"))
NEW = {each["old"].lower(): each["new"] for each in KEYS["key"]}
PLACES = {(each["old"].lower(), each["at"]): (each["new"], each["to"]) for each in KEYS["place"]}
KNOWN = {key for keys in NEW.values() for key in keys}
LATER = {(new, to) for new, to in PLACES.values()}
# Keys that no text has kept, such as R4: all its texts have keys of their own.
SPLIT = {old for old, keys in NEW.items() if keys != [old]}


def of(key: str, place: str, faults: list[str]) -> tuple[str, str]:
    """Return what a key and a place became."""
    old = key.lower()
    if (old, place) in PLACES and (old, place) not in LATER:
        return PLACES[old, place]
    if old in NEW and len(NEW[old]) == 1:
        return NEW[old][0], place
    if old in NEW and old in KNOWN:
        return old, place
    if old in NEW:
        faults.append(f"{key}: {place}: this place is not in keys.toml")
    elif old not in KNOWN:
        faults.append(f"{key}: no such key")
    return (key if old in NEW else old), place


def joined(key: str, place: str) -> str:
    return f"{key}: {place}" if place else key


def rewritten(text: str, faults: list[str]) -> str:
    """Return a guide's text with the new keys."""
    text = CITED.sub(
        lambda m: "{{" + joined(*of(m[1], m[2] or "", faults)) + "}}",
        text,
    )
    text = NOTED.sub(lambda m: m[1] + joined(*of(m[2], m[3] or "", faults)) + m[4], text)
    for each in KEYS["words"]:
        old, new = (json.dumps(each[name], ensure_ascii=False) for name in ("old", "new"))
        text = text.replace(f"words = {old}", f"words = {new}")
    body = text.split("[[note]]")[0]
    found = [*CITED.finditer(body), *NOTED.finditer(body)]
    cited = list(dict.fromkeys(m[1] if m.re is CITED else m[2] for m in found))

    def listed(match: re.Match[str]) -> str:
        before = tomllib.loads(match[0])["sources"]
        after: list[str] = []
        for key in before:
            became = NEW.get(key.lower(), [key.lower()])
            after += [each for each in became if each in cited] or became[:1]
        return f"sources = {json.dumps(list(dict.fromkeys([*after, *cited])))}"

    return LISTED.sub(listed, text, count=1)


def main() -> int:
    paths = [Path(each) for each in sys.argv[1:]]
    bad = 0
    for path in paths:
        faults: list[str] = []
        before = path.read_text(encoding="utf-8")
        after = rewritten(before, faults)
        tomllib.loads(after)
        if after != before:
            path.write_text(after, encoding="utf-8")
        for fault in faults:
            print(f"{path.name}: {fault}")
        bad += len(faults)
    print(f"{len(paths)} files, {bad} citations that keys.toml does not know")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

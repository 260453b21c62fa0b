"""Copy GraphiQL's files from node_modules to the static files of the schema app."""

import base64
import hashlib
import json
import re
import sys
from pathlib import Path

SCHEMA = Path(__file__).parent.parent / "schema"
INSTALLED, SERVED = SCHEMA / "assets" / "node_modules", SCHEMA / "static" / "graphiql"
# Source maps are not copied, and collectstatic fails on references to missing files.
SOURCE_MAP = re.compile(r"\n?(//|/\*)# sourceMappingURL=.*$")


def main() -> None:
    """Copy the files that files.json lists, without their references to source maps.

    Exits with a message if the CDN's file, which is the same, would not have the integrity in files.json.
    """
    SERVED.mkdir(exist_ok=True)
    for file in json.loads((SCHEMA / "assets" / "files.json").read_text(encoding="utf-8")):
        content = (INSTALLED / file["package"] / file["path"]).read_bytes()
        if file["integrity"] != integrity(content):
            sys.exit(f"schema/assets/files.json: the integrity of {file['name']} is {integrity(content)}")
        text = SOURCE_MAP.sub("", content.decode().rstrip()) + "\n"
        (SERVED / file["name"]).write_text(text, encoding="utf-8")


def integrity(content: bytes) -> str:
    """The value of the HTML attribute `integrity` for a file with this content."""
    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"


if __name__ == "__main__":
    main()

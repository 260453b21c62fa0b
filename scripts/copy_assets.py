"""Copy GraphiQL's files from node_modules to the static files of the schema app."""

import re
from pathlib import Path

SCHEMA = Path(__file__).parent.parent / "schema"
INSTALLED, SERVED = SCHEMA / "assets" / "node_modules", SCHEMA / "static" / "graphiql"
FILES = {
    "react/umd/react.production.min.js": "react.js",
    "react-dom/umd/react-dom.production.min.js": "react-dom.js",
    "graphiql/graphiql.min.js": "graphiql.js",
    "graphiql/graphiql.min.css": "graphiql.css",
    "@graphiql/plugin-explorer/dist/index.umd.js": "explorer.js",
    "@graphiql/plugin-explorer/dist/style.css": "explorer.css",
}
# Source maps are not copied, and collectstatic fails on references to missing files.
SOURCE_MAP = re.compile(r"\n?(//|/\*)# sourceMappingURL=.*$")


def main() -> None:
    """Copy the files without their references to source maps."""
    SERVED.mkdir(exist_ok=True)
    for source, name in FILES.items():
        text = (INSTALLED / source).read_text(encoding="utf-8")
        (SERVED / name).write_text(SOURCE_MAP.sub("", text.rstrip()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Render the preview image of invite links from docs/pictures/preview.html."""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "docs" / "pictures" / "preview.html"
PICTURE = ROOT / "web" / "static" / "web" / "preview.png"

with sync_playwright() as playwright:
    path = shutil.which("google-chrome") or shutil.which("chromium")
    chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    page = chromium.new_page(viewport={"width": 1200, "height": 630})  # the og:image size in page.html
    page.goto(SOURCE.as_uri())
    page.screenshot(path=PICTURE)

"""Browsers that reach this machine and nothing else."""

from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost"
E2E = Path(__file__).parent
PICTURES = E2E / "pictures"
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "en-US"}


@contextmanager
def visitor(browser, url, **context):
    """A page in a browser of somebody's own, which must say nothing bad, and ask nobody else."""
    PICTURES.mkdir(exist_ok=True)
    own = browser.new_context(**PHONE | context)
    page = own.new_page()
    complaints, asked = [], set()
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    yield page
    assert complaints == []
    assert asked <= {urlsplit(url).netloc, ""}  # the latter of data: URLs
    own.close()

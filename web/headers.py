"""The headers of pages: a strict policy, and no referrer."""

from web import brand


def of_pages() -> dict[str, str]:
    """Nothing inline, and nothing from elsewhere except the brand's logo."""
    pictures = " ".join(filter(None, ["'self'", "data:", brand.logo_origin()]))
    policy = (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {pictures}; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"}

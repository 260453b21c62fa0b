from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Adds a content hash to every file name, including those in imports between JavaScript modules."""

    support_js_module_import_aggregation = True

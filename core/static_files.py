from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Names every file by its content, also those that JavaScript modules import from each other."""

    support_js_module_import_aggregation = True

"""Static files under names that carry their content's hash, compressed once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

from leerkracht.core.adapters import FoldedFiles


class HashedStorage(FoldedFiles, CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    # A page that names a missing file must fail in the tests, not at a school.
    manifest_strict = True
    support_js_module_import_aggregation = True

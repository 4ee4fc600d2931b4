"""What can be wrong with an import or an export."""

from hub.errors import BadInputError, HubError


class NoSuchImportError(BadInputError):
    """There is no such import of this session, or no longer."""

    code = "NOT_FOUND"
    status = 404


class NoSuchTableError(BadInputError):
    """There is no such table of reference data."""

    code = "NOT_FOUND"
    status = 404


class ImportBusyError(BadInputError):
    """Another import has to end first, or this one is not ready to be committed."""

    status = 409


class ImportFolderError(HubError):
    """The folder for uploads is not this process's own."""


class StaleImportError(HubError):
    """The data changed between the preview and the commit."""

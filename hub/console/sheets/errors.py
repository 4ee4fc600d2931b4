"""What can be wrong with an import or an export."""

from hub.errors import BadInputError, HubError, NotFoundError


class NoSuchImportError(NotFoundError):
    """There is no such import of this session, or no longer."""


class NoSuchTableError(NotFoundError):
    """There is no such table of reference data."""


class ImportBusyError(BadInputError):
    """Another import has to end first, or this one is not ready to be committed."""

    status = 409


class ImportFolderError(HubError):
    """The folder for uploads is not this process's own."""


class StaleImportError(HubError):
    """The data changed between the preview and the commit."""

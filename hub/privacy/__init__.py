"""What the law lets a pupil ask for: everything that is held on them, and to be made anonymous."""

from hub.privacy.erasing import Erased, erase
from hub.privacy.holdings import everything_on
from hub.privacy.pupils import FoundPupil, find_pupil

__all__ = ["Erased", "FoundPupil", "erase", "everything_on", "find_pupil"]

"""The log of reads: who read what of which pupils, written off the request's path and never given up."""

from hub.read_log.entry import Entry, digest_of
from hub.read_log.log import ReadLog, ReadLogStuckError
from hub.read_log.recorder import ReadRecorder

__all__ = ["Entry", "ReadLog", "ReadLogStuckError", "ReadRecorder", "digest_of"]

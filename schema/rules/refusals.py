"""Why a step of re-grading is refused, each with what to do instead."""

from typing import ClassVar

from schema.rules.errors import RuleViolation


class RegradingRefused(RuleViolation):
    """The base of every refused step of re-grading."""

    code: ClassVar[str] = "REGRADING_REFUSED"


class InitialMisplaced(RegradingRefused):
    """The first event of a registration is its initial result, and only the first."""

    code: ClassVar[str] = "INITIAL_MISPLACED"

    def __init__(self, *, given: bool) -> None:
        super().__init__(
            "This registration has its initial result. Record a resit, a resolution, a repeat or a correction."
            if given
            else "This registration has no result yet. Record the initial result first."
        )


class NothingToMend(RegradingRefused):
    """The current result does not call for this step."""

    code: ClassVar[str] = "NOTHING_TO_MEND"

    def __init__(self, step: str, mends: str, current: str) -> None:
        super().__init__(
            f"A {step} mends {mends}, and the result is {current}. If {current} was recorded in error, correct it."
        )


class ResitsSpent(RegradingRefused):
    """No resit is left."""

    code: ClassVar[str] = "RESITS_SPENT"

    def __init__(self, allowed: int) -> None:
        super().__init__(f"All resits ({allowed}) are used. The pupil repeats the subject: record a repeat.")


class ResitsLeft(RegradingRefused):
    """A repeat comes after the last resit."""

    code: ClassVar[str] = "RESITS_LEFT"

    def __init__(self, left: int) -> None:
        super().__init__(f"The pupil may still resit (times left: {left}). Record a resit before a repeat.")


class ResultNotAllowed(RegradingRefused):
    """The step cannot end in this result."""

    code: ClassVar[str] = "RESULT_NOT_ALLOWED"

    def __init__(self, step: str, given: str, allowed: str) -> None:
        super().__init__(f"A {step} cannot give {given}. Give {allowed}.")


class ExtensionNeeded(RegradingRefused):
    """A resit after the year's end."""

    code: ClassVar[str] = "EXTENSION_NEEDED"

    def __init__(self, be_year: int) -> None:
        super().__init__(
            f"Academic year {be_year} has ended. Record the school's extension with the resit, "
            "or record a repeat of the subject."
        )


class AttendanceUnknown(RegradingRefused):
    """มส is mended according to attendance, and none is recorded."""

    code: ClassVar[str] = "ATTENDANCE_UNKNOWN"

    def __init__(self) -> None:
        super().__init__("How มส is mended depends on attendance. Record the hours held and attended first.")


class AttendanceTooLow(RegradingRefused):
    """Attendance below the remedial band."""

    code: ClassVar[str] = "ATTENDANCE_TOO_LOW"

    def __init__(self) -> None:
        super().__init__("Attendance is too low for remedial work. The pupil repeats the subject: record a repeat.")


class AttendanceSuffices(RegradingRefused):
    """มส stands beside attendance that allows the examination."""

    code: ClassVar[str] = "ATTENDANCE_SUFFICES"

    def __init__(self) -> None:
        super().__init__("Attendance allows the examination, so มส is an error. Record a correction.")


class NothingToCorrect(RegradingRefused):
    """The correction names an event that does not stand."""

    code: ClassVar[str] = "NOTHING_TO_CORRECT"

    def __init__(self, position: int, standing: int) -> None:
        super().__init__(f"There is no result number {position} to correct. Give a number from 1 to {standing}.")

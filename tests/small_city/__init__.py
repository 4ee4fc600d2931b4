"""A city small enough to know by heart, written through SQLModel as any other program would.

Two schools: `WAT` (3083000001: kindergarten and primary) and `CITY` (3083000002: ป.6 and secondary). Three years:
2559, 2560, 2561, with two terms each and a summer term in 2561. Two curricula, of B.E. 2551 and 2560, both with ค21101.

| pupil | no | what is special |
|---|---|---|
| `manee` | WAT 1 | kindergarten in 2561; no grades |
| `piti` | WAT 2 | primary for three years, graded by the year; all 3 and 4 |
| `chujai` | CITY 1 | ม.1 to ม.3; in 2559 a 0 resat to 1; GPAX under 1.5; entered with a G-code, got a national id |
| `wira` | CITY 2 | ม.1 in 2560: five zeros, two resat to 1: three stand; resigned in August 2560 |
| `somsri` | CITY 3 | ม.1 in 2561: one ร, one มส, one registration without a result, an activity passed |
| `aree` | WAT 3, then CITY 4 | moved in November 2560, in ป.6; ม.1 in 2561 |
| `kamol` | CITY 5 | ม.3 in 2560 and ม.4 in 2561: two stages; graduated from ม.3 to further study |
| `eka` | CITY 6 | enrolled after the census of 2561; same names as `fa` but for a leading vowel |
| `fa` | CITY 7 | enrolled in 2561 with no registration at all |
| `thong` | CITY 8 | names with quotes, a backslash and a newline; a ร resolved to 2 with half credits; employed after ม.3 |

Every field that may be null is null somewhere. Enrollments run year by year; the last of a pupil who stays is open.
"""

from tests.small_city.city import SmallCity
from tests.small_city.population import populate

__all__ = ["SmallCity", "populate"]

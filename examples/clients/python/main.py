"""Asks the hub for some pupils of a school, by the client that was generated from `operations.graphql`."""

import os
import sys

from hub_client import HubClient
from hub_client.enums import Sex


def main(url: str = "http://127.0.0.1:8000/graphql", code: str = "1001") -> None:
    """Print the pupils of the school with this code."""
    with HubClient(url, headers={"authorization": f"Bearer {os.environ.get('HUB_TOKEN', '')}"}) as hub:
        school = hub.pupils_of_a_school(code=code, sex=Sex.FEMALE, pupils=3).school
    if school is None:
        sys.exit(f"There is no school {code}.")
    print(f"{school.name}: {school.students.total_count} pupils")
    for pupil in school.students.nodes:
        grades = [
            f"{grade.subject.code} {grade.term.number}/{grade.term.year.be_year}" if grade.term else grade.subject.code
            for grade in pupil.grades.nodes
        ]
        print(f"{pupil.student_no} {'no GPAX' if pupil.gpax is None else f'{pupil.gpax:.2f}'}: {', '.join(grades)}")


if __name__ == "__main__":
    main(*sys.argv[1:])

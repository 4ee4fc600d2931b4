"""`hub history revert` as an operator meets it, on both engines."""

from hub.history.revert import RevertRefusedError
from tests.engines import Client, run_apart
from tests.hub.cli.test_identities import hub, rows, run
from tests.small_city import SmallCity


def newest(city: SmallCity, table: str) -> str:
    ((number,),) = rows(city.url, f"SELECT max(id) FROM change_log WHERE table_name = '{table}'")
    return str(number)


def test_a_record_is_taken_back_in_the_name_of_the_command_line(own_city: SmallCity) -> None:
    pupil = own_city.students["chujai"]

    async def rename() -> None:
        async with Client.connect(own_city.url) as client:
            await client.run(f"UPDATE student SET given_name = 'ชูจิต' WHERE id = {pupil}")

    run_apart(rename)
    number = newest(own_city, "student")
    assert run(own_city, "history", "revert", number).startswith(f"Change {number} was taken back by change ")
    assert rows(own_city.url, f"SELECT given_name FROM student WHERE id = {pupil}") == [("ชูใจ",)]
    made = newest(own_city, "student")
    assert rows(own_city.url, f"SELECT actor_key, face FROM change_log WHERE id = {made}") == [("command line", "CLI")]


def test_what_cannot_be_taken_back_is_refused(own_city: SmallCity) -> None:
    for number, told in ((newest(own_city, "grade_event"), "append-only"), ("999999999", "There is no change")):
        refused = hub(own_city.url, "history", "revert", number)
        assert isinstance(refused.exception, RevertRefusedError)
        assert told in str(refused.exception)
    for number in ("0", "-1", "x", "9" * 30):
        assert hub(own_city.url, "history", "revert", number).exit_code == 2

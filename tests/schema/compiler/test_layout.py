from schema.compiler.layout import indented, nested, query


def test_a_short_query_stands_on_one_line() -> None:
    assert query(("a", "b"), ("t",), ("a = 1", "b = 2"), order="a", limit="1") == (
        "SELECT a, b FROM t WHERE a = 1 AND b = 2 ORDER BY a LIMIT 1"
    )


def test_a_long_query_has_a_line_for_each_clause_and_for_each_part_of_a_long_clause() -> None:
    name = "n" * 60
    assert query((name, "b"), ("t", f"JOIN {name} ON true"), group="b").splitlines() == [
        f"SELECT {name}, b",
        f"FROM t JOIN {name} ON true",
        "GROUP BY b",
    ]
    assert query((name, name), ("t",)).splitlines() == [f"SELECT {name},", f"  {name}", "FROM t"]


def test_what_is_nested_is_set_in_only_where_it_has_several_lines() -> None:
    assert nested("SELECT 1") == "(SELECT 1)"
    assert nested("SELECT\n1") == "(\n  SELECT\n  1\n)"
    assert indented("a\n  b") == "  a\n    b"


def test_a_query_of_nothing_has_no_clause_without_a_part() -> None:
    assert query(("1",)) == "SELECT 1"

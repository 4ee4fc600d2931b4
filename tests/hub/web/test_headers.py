from hub.web.headers import header


def test_a_header_is_found_by_its_name() -> None:
    scope = {"headers": [(b"accept", b"a/b"), (b"x-note", "ü".encode("latin-1"))]}
    assert header(scope, b"accept") == "a/b"
    assert header(scope, b"x-note") == "ü"
    assert header(scope, b"missing") is None


def test_of_several_headers_of_one_name_the_first_counts() -> None:
    # As Starlette has it: two readers of one request must not see different tokens.
    scope = {"headers": [(b"authorization", b"one"), (b"authorization", b"two")]}
    assert header(scope, b"authorization") == "one"

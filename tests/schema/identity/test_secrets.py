from schema.identity.passwords import weakness
from schema.identity.secrets import digest_of, is_session, is_token, new_password, new_session, new_token


def test_a_secret_is_known_by_its_form() -> None:
    token, session = new_token(), new_session()
    assert (is_token(token), is_session(session)) == (True, True)
    assert (is_token(session), is_session(token)) == (False, False)
    assert not is_token(token + "x")
    assert not is_token(token + "\n")


def test_secrets_differ_and_so_do_their_digests() -> None:
    made = {new_token() for _ in range(100)}
    assert len(made) == len({digest_of(secret) for secret in made}) == 100


def test_a_password_that_is_made_will_do() -> None:
    assert weakness(new_password(), "root") is None

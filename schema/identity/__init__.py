"""Who may sign in and how: accounts, tokens and sessions, which the service and the console share.

The tables live in the metadata and the migrations of all others, and their columns are declared alike, so that the
console can show them; but they are no :class:`schema.tables.Row`: the graph, the seeds and the triggers that keep
derived data know nothing of them.
"""

from schema.identity.accounts import Account, AccountSchool, AccountSession, LoginLimit
from schema.identity.declaration import IdentityRow, identity_tables
from schema.identity.second_factors import PendingSignIn, RecoveryCode, SecondFactor
from schema.identity.tokens import ApiToken, ApiTokenSchool

__all__ = [
    "Account",
    "AccountSchool",
    "AccountSession",
    "ApiToken",
    "ApiTokenSchool",
    "IdentityRow",
    "LoginLimit",
    "PendingSignIn",
    "RecoveryCode",
    "SecondFactor",
    "identity_tables",
]

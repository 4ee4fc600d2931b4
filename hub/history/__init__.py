"""The history as the service and its commands use it: sealed, verified, erased, and taken back a change at a time."""

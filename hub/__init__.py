"""The running service: settings, database, ASGI app, command line and pages."""

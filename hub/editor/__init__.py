"""The tables of the console as they are served at `/admin/`: who enters, what is read and logged, written and refused.

`admin` derives them from the declarations; here they meet the database, the sessions and the log of reads. But for
`constraints` only `hub.web.editor` imports this, when somebody first asks for it: Piccolo takes a second to import.
"""

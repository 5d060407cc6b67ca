"""One module a command, found by its name: ``stope NAME`` runs ``command`` of ``assistant/commands/NAME.py``.

A module imports at its top only what ``--help`` needs; what the work needs is imported when the work begins.
"""

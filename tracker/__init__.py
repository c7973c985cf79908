"""The application: the command line that opens the doors to sources, record and reports."""

"""
The engine that visits watches: durable jobs on SQLite in one process, or on PostgreSQL shared by many workers.

The only importer of DBOS. One job is one visit of a watch, named by its watch and slot, so that no slot is visited
twice however many schedulers there are. A job whose process died is taken over by another process, or by the next
one on this machine; visits record whole documents, each once, so that beginning one again is harmless.
"""

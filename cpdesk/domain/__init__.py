"""The rules of licensing as plain functions over frozen dataclasses. No I/O, no database, no Qt."""

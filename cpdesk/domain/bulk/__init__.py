"""One change for many users or licenses, named by a CSV file or by standard input."""

"""The demo: a throw-away database whose history is made by driving the services, and its clock that can be moved."""

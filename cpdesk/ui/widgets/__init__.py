"""Widgets that pages are made of. Import from the modules: the package itself loads nothing."""

"""The window: theme, widgets, shell, pages. Asks services, shows rows, decides nothing."""

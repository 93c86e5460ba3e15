"""The use cases. Each public method settles what is due, checks who acts, and is one transaction."""

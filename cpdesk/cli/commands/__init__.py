"""The commands, one module per area; each has `register`, which adds its words to the grammar."""

"""What several areas of pages show: composites made of widgets, one module for each."""

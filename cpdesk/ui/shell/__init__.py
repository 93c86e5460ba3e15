"""The frame around the pages: window, side menu, top bar, navigation, messages."""

"""The outside world, behind protocols that services own: files, notifications, the platform."""

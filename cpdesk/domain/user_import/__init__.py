"""Import of users and licenses from the admin center's *Export users* file: reading, matching, planning."""

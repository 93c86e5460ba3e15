"""`cpdesk --self-test`: proves that an installation is whole, on data of its own, and says so in JSON."""

"""Who signs in to the databases of the benchmarks."""

ADMIN = "bench@reseller.example"
PASSWORD = "a long password"

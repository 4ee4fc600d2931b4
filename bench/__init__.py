"""The benchmark: the hub against the floor and against a plain DataLoader server; see docs/benchmarks.md."""

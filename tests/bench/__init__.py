"""Benchmarks on an installed wheel, as ratios to something run beside it: `make bench`."""

"""Figures without names for a city or province: Parquet that databases write, and reports that DuckDB answers from it."""

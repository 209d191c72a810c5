"""
The benchmarks: `python -m tests.bench [--only P1,P3]`, described in docs/benchmarks.md.

No test collects this package; it measures, and never asserts a figure.
"""

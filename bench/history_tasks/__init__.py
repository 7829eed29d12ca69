"""The tasks of bench/history.py: each a protocol from rows to out-of-sample forecasts."""

"""Settings: `production` is the base and safe by default; `demo` and `test` loosen it."""

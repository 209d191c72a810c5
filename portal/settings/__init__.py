"""Settings: `production` is the base and is safe by default; `demo` and `test` loosen it by name."""

"""What somebody takes along: the result as PDF, and a draft plan for a text program."""

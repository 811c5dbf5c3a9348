"""Published documents into statements with exact places: see `read.read` and docs/reading.md."""

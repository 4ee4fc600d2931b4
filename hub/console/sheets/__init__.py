"""Pages that take reference tables in and out as sheets: an upload, its preview, and all of it or nothing."""

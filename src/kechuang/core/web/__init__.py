"""The page shell and the parts that every domain's pages are built from; see README.md beside this file."""

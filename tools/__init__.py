"""Tools for those who work on Kechuang; not part of the product."""

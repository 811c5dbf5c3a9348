"""Lists: declare columns, facets and acts; search, sort, paging, views, bulk and export follow."""

from kechuang.core.web.listing.columns import BulkAct, Column, View, named
from kechuang.core.web.listing.facets import DateFacet, Facet, names_of, organisation_names
from kechuang.core.web.listing.page import ListPage

__all__ = [
    "BulkAct",
    "Column",
    "DateFacet",
    "Facet",
    "ListPage",
    "View",
    "named",
    "names_of",
    "organisation_names",
]

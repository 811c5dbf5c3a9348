"""Reads over metrics, observations, returns and indices."""

from kechuang.indicators.queries.calculate import calculator, catalogue
from kechuang.indicators.queries.cells import cell_key, id_of

__all__ = ["calculator", "catalogue", "cell_key", "id_of"]

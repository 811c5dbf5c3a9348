"""Kechuang (科创): the platform an international science and technology innovation centre runs on."""

__version__ = "0.1.0"

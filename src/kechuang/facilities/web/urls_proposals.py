"""Addresses of cycles, proposals, panels, allocation and booking."""

urlpatterns: list = []

"""Monitoring: counts, health, readiness."""

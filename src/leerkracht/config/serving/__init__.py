"""Serving: Django on threads behind one event loop, and the processes around it."""

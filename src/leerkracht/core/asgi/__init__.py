"""What rooms may do in the event loop: serve a hot path (``router``) and write in groups (``writer``)."""

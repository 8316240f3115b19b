"""Rules of the house: what no single room can see, held over the whole source."""

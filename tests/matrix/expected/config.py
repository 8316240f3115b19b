"""Home and the audit trail (the row "audit trail": own acts, the own school's, the own body's, all)."""

from __future__ import annotations

from ..rows import Row, row

# Researcher and fund have a dash in the table; reader, editor and administrator do not stand in it.
TRAIL = """
    teachers school outside lead central
    coach_elsewhere leader_elsewhere expert_elsewhere change_elsewhere lead_elsewhere
    expert_of_region expert_of_region_elsewhere
"""

MATRIX: dict[tuple[str, str], Row] = {
    ("GET", "home"): row("signed_in"),
    ("POST", "home"): row("signed_in"),
    ("GET", "purge"): row("central"),
    ("POST", "purge"): row("central"),
    ("GET", "audit"): row(TRAIL),
    ("POST", "audit"): row(TRAIL),
}

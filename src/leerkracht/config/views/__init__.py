"""Pages that draw on several rooms: home, the demonstration's doors, and the audit trail."""

from .audit import audit_list
from .demo import demo, demo_mail, demo_sign_in
from .home import home
from .purge import purge_list

__all__ = ["audit_list", "demo", "demo_mail", "demo_sign_in", "home", "purge_list"]

"""The session: start, wall, phone, record; and the wall screens."""

from django.urls import URLPattern, URLResolver, path

from ..views import devices, join, phone, records, rhythm, sessions, wall

urlpatterns: list[URLPattern | URLResolver] = [
    path("boards/<int:board_id>/session/", sessions.session, name="session"),
    path("boards/<int:board_id>/session/start/", sessions.start, name="session-start"),
    path("boards/<int:board_id>/session/do/", sessions.do, name="session-do"),
    path("boards/<int:board_id>/session/check-in/", sessions.check_in, name="session-check-in"),
    path("boards/<int:board_id>/session/close/", sessions.close, name="session-close"),
    path("boards/<int:board_id>/session/skip/", sessions.skip, name="session-skip"),
    path("boards/<int:board_id>/session/plan/", sessions.plan, name="session-plan"),
    path("boards/<int:board_id>/wall/", wall.wall, name="wall"),
    path("boards/<int:board_id>/phone/", phone.phone, name="phone"),
    path("j/", join.code, name="join-code"),
    path("j/bye/", join.goodbye, name="join-goodbye"),
    path("j/<slug:code>/", join.join, name="join"),
    path("boards/<int:board_id>/devices/", devices.devices, name="devices"),
    path("boards/<int:board_id>/devices/<uuid:device_id>/revoke/", devices.device_revoke, name="device-revoke"),
    path("screen/<str:key>/", devices.device_open, name="device-open"),
    path("boards/<int:board_id>/records/", records.records, name="records"),
    path("boards/<int:board_id>/records/<uuid:session_id>/", records.record, name="record"),
    path("boards/<int:board_id>/records/<uuid:session_id>/pdf/", records.record_pdf, name="record-pdf"),
    path("boards/<int:board_id>/rhythm/", rhythm.rhythm, name="rhythm"),
]

"""The board outside a session: page, cards, layout, history, themes, readers, paper."""

from django.urls import URLPattern, URLResolver, path

from ..views import boards, cards, history, layout, practice, printing, readers, themes, years

urlpatterns: list[URLPattern | URLResolver] = [
    path("boards/<int:board_id>/", boards.board, name="board"),
    path("boards/team/<int:team_id>/", boards.team, name="team"),
    path("boards/<int:board_id>/operate/", boards.operate, name="operate"),
    path("boards/<int:board_id>/new/<slug:kind>/", cards.card_new, name="card-new"),
    path("boards/<int:board_id>/cards/<uuid:card_id>/", cards.card_edit, name="card-edit"),
    path("boards/<int:board_id>/goals/<uuid:card_id>/", cards.card_edit, name="goal"),
    path("boards/<int:board_id>/goals/<uuid:card_id>/measure/", cards.goal, {"what": "measure"}, name="goal-measure"),
    path("boards/<int:board_id>/goals/<uuid:card_id>/close/", cards.goal, {"what": "close"}, name="goal-close"),
    path("boards/<int:board_id>/layout/", layout.layout, name="layout"),
    path("boards/<int:board_id>/history/", history.history, name="history"),
    path("boards/<int:board_id>/archive/", history.archive, name="archive"),
    path("boards/<int:board_id>/export/", history.export, name="export"),
    path("boards/<int:board_id>/print/", printing.printing, name="print"),
    path("boards/<int:board_id>/practice/", practice.practice_reset, name="practice-reset"),
    path("boards/<int:board_id>/new-year/", years.new_year, name="new-year"),
    path("boards/<int:board_id>/readers/", readers.readers, name="readers"),
    path("boards/<int:board_id>/readers/<int:reader_id>/end/", readers.reader_end, name="reader-end"),
    path("schools/<int:school_id>/themes/", themes.themes, name="themes"),
    path("themes/<int:theme_id>/change/", themes.theme_change, name="theme-change"),
    path("themes/<int:theme_id>/adopt/", themes.theme_adopt, name="theme-adopt"),
]

"""What somebody wrote, put back into the HTML of a page."""

import re

import pytest

from medinjob.lib.refill import insert_into_main, refill

ROWS = """<form method="post">
<input type="hidden" name="days-TOTAL_FORMS" value="1"><input name="days-0-title" value="Lundi">
<template><p><input name="days-__prefix__-title"></p></template></form>"""


def filled(form, words, *, page="/offres/", action="/offres/", languages=("fr", "en")):
    return refill(form, words, page=page, action=action, languages=languages)


def shown(form, words, **more):
    """Without the marks of the form itself."""
    return re.sub(r"<form[^>]*>|</form>", "", filled(form, words, **more).html)


@pytest.mark.parametrize(
    ("field", "words", "after"),
    [
        ('<input name="a">', [("a", 'l"été & <b>')], '<input name="a" value="l&quot;été &amp; &lt;b&gt;">'),
        ('<input name="a" value="x" required />', [("a", "")], '<input name="a" value="" required>'),
        (
            '<textarea name="a">x</textarea>',
            [("a", "\n</textarea>")],
            '<textarea name="a">\n\n&lt;/textarea&gt;</textarea>',
        ),
        (
            '<input name="a"><input name="a">',
            [("a", "1"), ("a", "2")],
            '<input name="a" value="1"><input name="a" value="2">',
        ),
        ('<input type="checkbox" name="a" checked>', [], '<input type="checkbox" name="a">'),
        ('<input type="checkbox" name="a">', [("a", "on")], '<input type="checkbox" name="a" checked>'),
        (
            '<input type="radio" name="a" value="1" checked><input type="radio" name="a" value="2">',
            [("a", "2")],
            '<input type="radio" name="a" value="1"><input type="radio" name="a" value="2" checked>',
        ),
        (
            '<select name="a"><option value="1" selected>1<option value="2">2</select>',
            [("a", "2")],
            '<select name="a"><option value="1">1<option value="2" selected>2</select>',
        ),
        (
            '<select name="a" multiple><option value="1" selected><option><option value="3"></select>',
            [("a", ""), ("a", "3")],
            '<select name="a" multiple><option value="1"><option selected><option value="3" selected></select>',
        ),
        (
            '<input type="hidden" name="version" value="4">',
            [("version", "3")],
            '<input type="hidden" name="version" value="3">',
        ),
    ],
)
def test_field_shows_what_was_sent(field, words, after):
    page = f'<form method="post">{field}<input name="b"></form>'
    assert shown(page, [*words, ("b", "x")]) == after + '<input name="b" value="x">'


@pytest.mark.parametrize(
    "field",
    [
        '<input type="password" name="a">',
        '<input type="file" name="a">',
        '<input name="a" disabled>',
        '<input type="hidden" name="csrfmiddlewaretoken" value="new">',
        '<select name="a"><option value="1" selected>1</option></select>',
        "<template><input name='a'></template>",
    ],
)
def test_field_that_keeps_its_own_value(field):
    page = f'<form method="post">{field}<input name="b"></form>'
    back = filled(page, [("a", "typed"), ("csrfmiddlewaretoken", "old"), ("b", "x")])
    assert field in back.html
    assert ("a", "typed") in back.left


def test_button_that_was_pressed_is_not_a_word_without_a_place():
    page = '<form method="post"><textarea name="a"></textarea><button name="do" value="send">Envoyer</button></form>'
    back = filled(page, [("a", "Bonjour"), ("do", "send")])
    assert (back.left, back.seen) == ([], True)
    assert filled(page, [("do", "send")]).seen is False


def test_form_is_found_among_others_by_its_address_then_by_what_it_is_about():
    row = (
        '<form method="post" action="/en/a/{0}/"><input type="hidden" name="pk" value="{0}"><input name="note"></form>'
    )
    page = '<form action="/a/1/"><input name="note"></form>' + "".join(map(row.format, (1, 2, 2, 3)))
    words = [("pk", "3"), ("note", "Ici")]
    assert filled(page, words, action="/a/3/").html.count('value="Ici"') == 1
    after = filled(page, words, action="/a/3/").html.split("Ici")[0]
    assert after.count("<form") == 5
    moves = "".join(
        f'<form method="post"><input type="hidden" name="do" value="{do}"><input name="note"></form>' for do in "xyz"
    )
    assert filled(moves, [("do", "y"), ("note", "Ici")]).html.split("Ici")[0].count("<form") == 2


def test_words_for_one_person_never_go_to_another():
    """The row is gone from the list, or one of the recipients: what the page says and what it sends stay one."""
    row = '<form method="post"><input type="hidden" name="pk" value="{}"><textarea name="note"></textarea></form>'
    back = filled(row.format(4), [("pk", "5"), ("note", "Ici")])
    assert (back.form_id, back.left) == ("", [("pk", "5"), ("note", "Ici")])
    ids = '<input type="hidden" name="ids" value="{}">'
    page = '<form method="post">' + ids.format(1) + ids.format(3) + '<input name="note"></form>'
    html = filled(page, [("ids", "1"), ("ids", "2"), ("ids", "3"), ("note", "Ici")]).html
    assert re.findall(r'name="ids" value="(.)"', html) == ["1", "3"]
    assert 'value="Ici"' in html


def test_form_of_another_address_is_filled_if_it_has_every_name():
    page = '<form method="post" action="/offres/4/"><input name="title"></form>'
    assert filled(page, [("title", "x")], action="/offres/nouvelle/").form_id
    none = filled(page, [("title", "x"), ("text", "y")], action="/offres/nouvelle/")
    assert (none.form_id, none.html, len(none.left)) == ("", page, 2)


def test_button_may_send_the_form_elsewhere():
    page = '<form method="post" action="/a/"><input name="q"><button formaction="/b/">B</button></form>'
    assert 'value="x"' in filled(page, [("q", "x"), ("other", "y")], action="/b/").html


def test_field_may_stand_outside_its_form():
    page = '<form method="post" id="f"></form><input name="a" form="f"><input name="a">'
    assert filled(page, [("a", "x")]).html.endswith('<input name="a" form="f" value="x"><input name="a">')


def test_what_is_written_is_in_sight():
    page = (
        '<details><form method="post"><details><input name="a"></details><details><input name="b"></details></form>'
        "</details>"
    )
    assert filled(page, [("a", "x")]).html.count("<details open>") == 2


def test_rows_added_by_hand_come_back():
    words = [("days-TOTAL_FORMS", "3"), *((f"days-{n}-title", f"Jour {n}") for n in range(3))]
    html = filled(ROWS, words).html
    assert re.findall(r'name="(days-\d-title)" value="(Jour \d)"', html) == [
        (f"days-{n}-title", f"Jour {n}") for n in range(3)
    ]
    assert 'name="days-TOTAL_FORMS" value="3"' in html


@pytest.mark.parametrize("total", ["9" * 30, "-1", "x", "", "²"])
def test_number_of_rows_is_no_way_to_a_huge_page(total):
    assert len(filled(ROWS, [("days-TOTAL_FORMS", total), ("days-0-title", "x")]).html) < 60 * len(ROWS)


def test_part_goes_to_the_top_of_main():
    assert insert_into_main('<p><main id="a"><main>', "<b>") == '<p><main id="a"><b><main>'
    assert insert_into_main("<p>", "<b>") == "<p>"

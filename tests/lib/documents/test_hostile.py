"""Files made to keep a machine busy: two readers at once, little memory, little time."""

import os
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject

from demo.cv_files import docx_file, pdf_file, written
from medinjob.lib import documents
from medinjob.lib.documents import DocumentError, Refusal, read
from medinjob.lib.turns import NoTurnError, turn

MEGABYTES = 260
# The peak of a process counts what its parent had before: so a small one starts it.
USED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_maxrss, used.ru_utime + used.ru_stime)
"""


def flate(content: bytes) -> StreamObject:
    stream = StreamObject()
    stream._data = zlib.compress(content, 9)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream[NameObject("/Length")] = NumberObject(len(stream._data))
    return stream


def pdf_bomb(content: bytes, times: int) -> bytes:
    """A small file whose page shows the same long words again and again."""
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(pdf_file())))
    page = writer.pages[0]
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(flate(content))] * times)
    return written(writer)


def pdf_of_deep_objects() -> bytes:
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(pdf_file())))
    inner = DictionaryObject()
    for _ in range(900):
        inner = DictionaryObject({NameObject("/A"): inner})
    writer.root_object[NameObject("/Deep")] = inner
    return written(writer)


def docx_bomb() -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(docx_file())) as source, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name in set(source.namelist()) - {"word/document.xml"}:
            archive.writestr(name, source.read(name))
        # Noise keeps the ratio low enough: it is the elements that take memory.
        archive.writestr("word/media/noise.png", os.urandom(600_000))
        words = b"".join(b"<w:p><w:r><w:t>%d</w:t></w:r></w:p>" % number for number in range(700_000))
        xml = source.read("word/document.xml").replace(b"<w:sectPr", words + b"<w:sectPr", 1)
        archive.writestr("word/document.xml", xml)
    return target.getvalue()


HOSTILE = {
    "one long page": lambda: pdf_bomb(b"BT (abc) Tj ET " * 1_000_000, 1),
    "the same words again": lambda: pdf_bomb(b"BT /F1 9 Tf (abcdefgh) Tj ET " * 100_000, 60),
    "zeros": lambda: pdf_bomb(bytes(200_000_000), 1),
    "deep": pdf_of_deep_objects,
    "docx": docx_bomb,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_takes_little_memory_and_time(name):
    """Of the child alone: the peak of its memory is what the machine lends to one upload."""
    command = [sys.executable, "-c", USED, sys.executable, "-m", "medinjob.lib.documents"]
    done = subprocess.run(command, input=HOSTILE[name](), capture_output=True, cwd=documents._ROOT, check=True)
    kilobytes, seconds = map(float, done.stdout.split())
    assert kilobytes < MEGABYTES * 1024
    assert seconds < 8


def test_child_that_is_stopped_refuses_the_file():
    with pytest.raises(DocumentError) as caught:
        read(HOSTILE["the same words again"]())
    assert caught.value.refusal is Refusal.TOO_COMPLEX


def test_two_read_at_once_some_wait_and_the_rest_is_told_to_come_back(settings, tmp_path, monkeypatch):
    settings.READERS_DIR = tmp_path
    monkeypatch.setattr(documents, "PATIENCE", 0.2)
    with ExitStack() as stack:
        for _ in range(documents.READERS):
            stack.enter_context(turn(tmp_path, most=documents.READERS, waiting=0, patience=0))
        with ThreadPoolExecutor(5) as pool:
            answers = [answer.exception() for answer in [pool.submit(read, pdf_file()) for _ in range(5)]]
        assert {answer.refusal for answer in answers} == {Refusal.BUSY}
    assert read(pdf_file()).pages == 1


def test_one_who_waits_has_the_next_turn(tmp_path):
    with ExitStack() as stack:
        stack.enter_context(turn(tmp_path, most=1, waiting=1, patience=0))
        with ThreadPoolExecutor(1) as pool:

            def act() -> str:
                with turn(tmp_path, most=1, waiting=1, patience=60):
                    return "read"

            waiting = pool.submit(act)
            stack.close()
            assert waiting.result() == "read"


def test_who_finds_the_queue_full_does_not_wait(tmp_path):
    once = partial(turn, tmp_path, most=1, waiting=0, patience=60)
    with once(), pytest.raises(NoTurnError), once():
        pass


def test_turn_of_another_process_counts_and_ends_with_it(tmp_path):
    hold = (
        "import sys, pathlib; from medinjob.lib.turns import turn\n"
        "with turn(pathlib.Path(sys.argv[1]), most=1, waiting=0, patience=0):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=documents._ROOT, text=True,
    )  # fmt: skip
    with other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(NoTurnError), turn(tmp_path, most=1, waiting=0, patience=0):
            pass
        other.kill()
    with turn(tmp_path, most=1, waiting=0, patience=0):
        pass

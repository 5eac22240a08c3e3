"""Edits that LibreOffice itself makes, by a macro, as for whoever types there."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

HELPERS = """
Function At(d, words)  ' a cursor over words that stand in no contents
  Set q = d.createSearchDescriptor : q.SearchString = words : q.SearchCaseSensitive = True
  Set found = d.findFirst(q)
  Do While InStr(found.ParaStyleName, "Contents") > 0
    Set found = d.findNext(found, q)
  Loop
  Set At = found.Text.createTextCursorByRange(found)
End Function
Sub Swap(d, words, other)
  Set q = d.createReplaceDescriptor : q.SearchString = words : q.ReplaceString = other : q.SearchCaseSensitive = True
  d.replaceAll(q)
End Sub
Sub Sentence(d, words, other)
  Set c = At(d, words) : c.collapseToStart : c.gotoEndOfSentence(True) : c.setString(other)
End Sub
Sub Away(d, words)
  Set c = At(d, words) : c.gotoStartOfParagraph(False) : c.gotoNextParagraph(True) : c.setString("")
End Sub
Sub Copied(d, words, behind)
  Set c = At(d, words) : c.gotoStartOfParagraph(False) : c.gotoEndOfParagraph(True)
  d.CurrentController.select(c) : Set clip = d.CurrentController.getTransferable()
  Set c = At(d, behind) : c.gotoEndOfParagraph(False) : d.Text.insertControlCharacter(c, 0, False)
  d.CurrentController.select(c) : d.CurrentController.insertTransferable(clip)
End Sub
Sub Edit(nth)
  On Error GoTo Failed  ' which would wait for somebody to read of it
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim word(0) As New com.sun.star.beans.PropertyValue
  word(0).Name = "FilterName" : word(0).Value = "MS Word 2007 XML"
  Set d = StarDesktop.loadComponentFromURL("FOLDER/sent.docx", "_blank", 0, hidden())
  Select Case nth
CASES
  End Select
  d.storeToURL("FOLDER/" & nth & ".docx", word())
  d.close(True)
  Exit Sub
Failed:
  StarDesktop.terminate()
End Sub
"""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MODULE = (
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Edits"'
    ' script:language="StarBasic">{}</script:module>'
)
_LIBRARY = (
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
    ' library:readonly="false" library:passwordprotected="false"><library:element library:name="Edits"/>'
    "</library:library>"
)


def edited_by_libreoffice(docx: bytes, edits: Mapping[str, str], folder: Path) -> dict[str, bytes]:
    """The file edited in each of some ways, lines of Basic on the document `d`; skips where there is no LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: no soffice on the path")
    (folder / "sent.docx").write_bytes(docx)
    profile = folder / "profile"
    command = [program, "--headless", f"-env:UserInstallation={profile.as_uri()}"]
    subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True, timeout=240)
    cases = "\n".join(f"Case {nth}\n{lines}" for nth, lines in enumerate(edits.values()))
    main = "\n".join(f"Edit({nth})" for nth in range(len(edits)))
    code = HELPERS.replace("CASES", cases).replace("FOLDER", folder.as_uri())
    code += f"Sub Main\n{main}\nStarDesktop.terminate()\nEnd Sub"
    basic = profile / "user" / "basic" / "Standard"
    module = _MODULE.format(escape(code))
    for name, text in (("Edits.xba", module), ("script.xlb", _LIBRARY)):
        (basic / name).write_text(_HEAD + text, encoding="utf-8", newline="\n")
    subprocess.run([*command, "macro:///Standard.Edits.Main"], check=True, capture_output=True, timeout=600)
    return {name: (folder / f"{nth}.docx").read_bytes() for nth, name in enumerate(edits)}

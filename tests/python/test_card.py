"""The card of a run in a notebook."""

from __future__ import annotations

import base64
import re
import struct
import zlib

import jiahe
import numpy as np
import pandas as pd
from jiahe import _card


def test_a_png_holds_the_pixels_that_were_given() -> None:
    pixels = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    file = _card.png(pixels)
    assert file[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", file[16:24]) == (3, 2)
    length = struct.unpack(">I", file[33:37])[0]
    raw = zlib.decompress(file[41 : 41 + length])
    assert raw == b"\0" + bytes(range(9)) + b"\0" + bytes(range(9, 18))


def test_the_card_shows_figures_verdict_and_map(town_run: jiahe.Run) -> None:
    html = town_run._repr_html_()
    assert "audits balance" in html
    assert "traffic.trips_arrived" in html
    picture = re.search(r"data:image/png;base64,([A-Za-z0-9+/=]+)", html)
    assert picture
    assert base64.b64decode(picture[1])[1:4] == b"PNG"
    pixels = _card.map_pixels(town_run.links)
    colours = {tuple(int(v) for v in c) for c in np.unique(pixels.reshape(-1, 3), axis=0)}
    assert _card.RATIO_COLOURS[4] in colours  # free roads
    assert _card.BACKGROUND in colours


def test_nothing_in_a_card_becomes_markup() -> None:
    kpi = pd.Series({"<b>": 1.0})
    html = _card.card("<script>", "<i>", kpi, {"<b>": "<u>"}, None, "<s>")
    for tag in ("<script>", "<i>", "<b>", "<u>", "<s>"):
        assert tag not in html

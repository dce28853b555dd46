"""The card that a notebook shows for a run: verdict, figures and a small map, as one HTML text."""

from __future__ import annotations

import base64
import html
import struct
import zlib

import numpy as np
import pandas as pd
import xarray as xr

WIDTH_PX = 420
BACKGROUND = (251, 251, 249)
NO_VEHICLE = (207, 213, 220)
# Mean speed over free speed, from jammed to free; colours and classes of the report's map.
RATIO_EDGES = (0.25, 0.45, 0.65, 0.85)
RATIO_COLOURS = ((179, 32, 44), (226, 128, 58), (238, 193, 92), (134, 183, 209), (59, 118, 175))
SHOWN_KPIS = 10


def png(pixels: np.ndarray) -> bytes:
    """A PNG file of (height, width, 3) bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + crc

    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), dtype=np.uint8)  # filter 0 before each row
    rows[:, 1:] = pixels.reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), 6)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def map_pixels(links: xr.Dataset, width: int = WIDTH_PX) -> np.ndarray:
    """All links, coloured by speed in the bin with most vehicles. Shape (height, width, 3)."""
    lat0 = np.radians(np.nanmean(links["from_lat"].values))
    ends = [
        (links[f"{end}_lon"].values * np.cos(lat0), links[f"{end}_lat"].values)
        for end in ("from", "to")
    ]
    x = np.stack([ends[0][0], ends[1][0]])
    y = np.stack([ends[0][1], ends[1][1]])
    span = max(float(np.ptp(x)), 1e-9)
    scale = (width - 9) / span
    height = int(np.clip(float(np.ptp(y)) * scale + 9, 40, 2 * width))
    column = (x - x.min()) * scale + 4
    row = height - 5 - np.clip((y - y.min()) * scale, 0, height - 9)

    steps = np.maximum(np.hypot(column[1] - column[0], row[1] - row[0]).astype(int), 1) + 1
    link = np.repeat(np.arange(len(steps)), steps)
    share = (np.arange(len(link)) - np.repeat(np.cumsum(steps) - steps, steps)) / np.repeat(
        np.maximum(steps - 1, 1), steps
    )
    c = np.rint(column[0][link] + share * (column[1] - column[0])[link]).astype(int)
    r = np.rint(row[0][link] + share * (row[1] - row[0])[link]).astype(int)
    rank = _rank(links)[link]
    order = np.argsort(rank, kind="stable")  # jams last, on top
    palette = np.array([NO_VEHICLE, *reversed(RATIO_COLOURS)], dtype=np.uint8)
    pixels = np.full((height, width, 3), BACKGROUND, dtype=np.uint8)
    pixels[r[order], c[order]] = palette[rank[order]]
    return pixels


def _rank(links: xr.Dataset) -> np.ndarray:
    """0 no vehicle, 1 free ... 5 jammed, of each link in the busiest bin."""
    if "speed" not in links or links.sizes["time"] == 0:
        return np.zeros(links.sizes["link"], dtype=int)
    busiest = int(np.argmax(links["flow"].sum("link").values))
    speed = links["speed"].isel(time=busiest).values
    with np.errstate(invalid="ignore"):
        ratio = speed / links["free_speed"].values
    jam = len(RATIO_EDGES) - np.searchsorted(RATIO_EDGES, ratio, side="right")
    return np.where(np.isfinite(ratio), jam + 1, 0)


def card(
    title: str,
    verdict: str,
    kpi: pd.Series,
    units: dict[str, str],
    links: xr.Dataset | None,
    attribution: str,
) -> str:
    """HTML of the card; everything in it is escaped."""
    rows = "".join(
        f"<tr><td style='text-align:left'>{html.escape(str(name))}</td>"
        f"<td style='text-align:right'>{_number(float(value))}</td>"
        f"<td style='text-align:left'>{html.escape(_shown(units.get(str(name), '')))}</td></tr>"
        for name, value in kpi.head(SHOWN_KPIS).items()
    )
    more = f"<p>and {len(kpi) - SHOWN_KPIS} more in run.kpi</p>" if len(kpi) > SHOWN_KPIS else ""
    picture = ""
    if links is not None and links.sizes.get("link", 0) > 0:
        data = base64.b64encode(png(map_pixels(links))).decode()
        picture = (
            f"<figure style='margin:0'><img alt='map of mean speeds' "
            f"src='data:image/png;base64,{data}'>"
            f"<figcaption style='font-size:smaller'>{html.escape(attribution)}</figcaption>"
            "</figure>"
        )
    return (
        "<div style='display:flex;flex-wrap:wrap;gap:24px;border:1px solid #dfe3e8;padding:14px'>"
        f"<div><h3 style='margin:0 0 6px'>{html.escape(title)}</h3>"
        f"<p>{html.escape(verdict)}</p><table>{rows}</table>{more}</div>{picture}</div>"
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 or value.is_integer() else f"{value:.4g}"


def _shown(unit: str) -> str:
    return "" if unit == "1" else unit

"""The two themes that Stope comes with; Textual's own are in the palette as well."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="stope-dark",
    primary="#5fa8d3",
    secondary="#8ab17d",
    accent="#f2c14e",
    warning="#f4a259",
    error="#e76f51",
    success="#8fd694",
    foreground="#e6e6e6",
    background="#15181c",
    surface="#1d2126",
    panel="#2a3037",
    dark=True,
)
LIGHT = Theme(
    name="stope-light",
    primary="#1d5f8a",
    secondary="#3f6b34",
    accent="#9a6700",
    warning="#9a4a00",
    error="#b3261e",
    success="#1a6b2c",
    foreground="#1b1f24",
    background="#fbfbf9",
    surface="#f0f0ec",
    panel="#e1e2dd",
    dark=False,
)

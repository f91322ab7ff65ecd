"""One look for every chart: colours safe for colour-blind readers, on light and dark pages.

Status is never told by colour alone: charts write it as words or shapes too. The palette is Okabe and
Ito's (2008), lightened for dark pages.
"""

from typing import Any

import altair as alt

NAME = "sellerhealth"
LIGHT = {
    "ink": "#1b1f24",
    "soft": "#5b6470",
    "line": "#dfe3e8",
    "good": "#00785a",
    "bad": "#c14a00",
    "main": "#0a5f9e",
    "other": "#8a5fa8",
    "band": "#0a5f9e",
}
DARK = {
    "ink": "#e8eaed",
    "soft": "#a7b0bb",
    "line": "#39414b",
    "good": "#3fcf9f",
    "bad": "#ff9a5c",
    "main": "#6db8f2",
    "other": "#cfa5ea",
    "band": "#6db8f2",
}
PAGE = {name: f"var(--chart-{name})" for name in LIGHT}
"""On a page a colour is looked up in its style sheet, so that no chart is drawn anew for a dark screen or for paper."""
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
HEIGHT = 240


def config(colours: dict[str, str]) -> dict[str, Any]:
    """The Vega-Lite configuration for a set of colours: `LIGHT`, `DARK` or `PAGE`.

    Marks take their colour from a named style (`main`, `bad`, …), so a page can change them all.
    """
    text = {"labelColor": colours["soft"], "titleColor": colours["soft"], "labelFont": FONT, "titleFont": FONT}
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None, "continuousHeight": HEIGHT},
        "axis": {**text, "grid": True, "gridColor": colours["line"], "domain": False, "ticks": False, "labelPadding": 6,
                 "titleFontWeight": "normal", "labelLimit": 220},
        "axisX": {"grid": False},
        "legend": {**text, "orient": "bottom", "symbolType": "stroke", "title": None, "labelLimit": 260},
        "title": {"anchor": "start", "color": colours["ink"], "subtitleColor": colours["soft"], "font": FONT,
                  "subtitleFont": FONT, "fontSize": 15, "fontWeight": 600, "subtitleFontSize": 12, "offset": 14},
        "text": {"font": FONT, "fontSize": 12},
        "range": {"category": [colours["main"], colours["other"], colours["good"], colours["soft"]],
                  "heatmap": [colours["line"], colours["bad"]]},
        "style": {name: {"color": colour} for name, colour in colours.items()},
    }  # fmt: skip


def style_sheet() -> str:
    """The colours of `PAGE` in CSS: dark on a dark screen, light on any other and on paper."""
    light, dark = (
        "; ".join(f"--chart-{name}: {colour}" for name, colour in colours.items()) for colours in (LIGHT, DARK)
    )
    return f":root {{ {light}; }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark}; }} }}\n"


@alt.theme.register(NAME, enable=False)
def light() -> alt.theme.ThemeConfig:
    """The look on a light page, the one charts start with."""
    return {"config": config(LIGHT)}  # type: ignore[typeddict-item]


@alt.theme.register("sellerhealth-dark", enable=False)
def dark() -> alt.theme.ThemeConfig:
    """The look on a dark page: `alt.theme.enable("sellerhealth-dark")`."""
    return {"config": config(DARK)}  # type: ignore[typeddict-item]

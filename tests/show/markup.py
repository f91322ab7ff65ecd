"""The markup of a card or a table as a reader meets it: its text, and nothing that does anything."""

from html.parser import HTMLParser

DANGEROUS = {"script", "img", "iframe", "object", "embed", "form"}


class Tags(HTMLParser):
    """The tags and the text of a piece of a page; an attribute that reacts to anything is refused."""

    def __init__(self, html):
        super().__init__()
        self.found, self.told = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data):
        self.told.append(data)


def harmless(html):
    """The markup, checked to hold nothing that acts."""
    assert set(Tags(html).found) & DANGEROUS == set()
    return html


def text_of(html):
    """What is to be read, every white space as one blank."""
    return " ".join(" ".join(Tags(html).told).split())


def is_twin(shown):
    """Whether the text of a card holds the same words as its markup, but for places, marks and punctuation."""
    told, read = (sorted(_words(text)) for text in (shown.text, text_of(harmless(shown.html))))
    return told == read


def _words(text):
    kept = "".join(letter if letter.isalnum() or letter in "%'-/" else " " for letter in text)
    return kept.split()


class Cells(HTMLParser):
    """The title, the subtitle, the headings and the rows of a table of great-tables."""

    def __init__(self, html):
        super().__init__()
        self.kind, self.title, self.subtitle, self.headings, self.rows = "", "", "", [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        classes = dict(attrs).get("class") or ""
        kinds = {"gt_title": "title", "gt_subtitle": "subtitle", "gt_col_heading": "heading", "gt_row": "cell"}
        self.kind = next((kind for name, kind in kinds.items() if name in classes.split()), self.kind)
        if tag == "tr":
            self.rows.append([])
        if tag == "td" and self.kind == "cell":
            self.rows[-1].append("")

    def handle_data(self, data):
        if self.kind in ("title", "subtitle"):
            setattr(self, self.kind, getattr(self, self.kind) + data)
        elif self.kind == "heading" and data.strip():
            self.headings.append(data.strip())
        elif self.kind == "cell" and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.kind = ""


def read(made):
    """A table as it is read: (title, subtitle, headings, rows), hard blanks as blanks."""
    cells = Cells(harmless(made.as_raw_html()))
    rows = [tuple(cell.strip().replace("\u00a0", " ") for cell in row) for row in cells.rows if row]
    return cells.title.strip(), cells.subtitle.strip(), cells.headings, rows

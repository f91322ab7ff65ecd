"""Encodings: what is certain is read, what could be another alphabet's is refused, what was lost is told."""

from pathlib import Path

import pytest

from sellerhealth.sources.account import open_account
from sellerhealth.sources.encoding import utf_8
from tests.sources.folder import ALL_ORDERS, ID, ID_2, line, order, read, refusal, rows, text

LEGACY = "text in the encoding of the marketplace"


def report(sku: str, encoding: str, errors: str = "strict") -> bytes:
    return text(ALL_ORDERS, order(sku=sku)).encode(encoding, errors)


@pytest.mark.parametrize(
    ("place", "encoding", "sku"),
    [
        ("DE", "cp1252", "Tasse – Größe 5 €"),
        ("FR", "cp1252", "Œuvre d’été n° 5"),
        ("ES", "cp1252", "¡Año!"),
        ("JP", "cp932", "湯のみ-1"),
        ("JP", "cp932", "日本"),
        ("JP", "cp932", "ﾏｸﾞ"),
        ("PL", "cp1250", "Łóżko, książka"),
        ("TR", "cp1254", "şişe GÖĞÜS"),
        ("BR", "cp1252", "COLEÇÃO 1º n° 5 São João"),
        ("DE", "cp1252", "ÄÖÜ 20°Celsius „Spaß”"),
        ("FR", "cp1252", "«CAFÉ»® créée"),
        ("GB", "utf-8", "湯のみ"),
        ("JP", "utf-8", "Größe"),
    ],
)
def test_what_is_certain_is_read(tmp_path: Path, place: str, encoding: str, sku: str):
    account = read(tmp_path, {"orders.tsv": report(sku, encoding)}, f'marketplace = "{place}"\n')
    assert rows(account, "order_items", "sku") == [(sku,)]


@pytest.mark.parametrize(
    ("place", "encoding", "sku", "expected", "way_out"),
    [
        ("GB", "cp932", "湯のみ", LEGACY, "It looks Japanese: correct `marketplace`"),
        ("DE", "cp932", "マグ", LEGACY, "It looks Japanese: correct `marketplace`"),
        ("US", "cp932", "ﾏｸﾞｶｯﾌﾟ", "text in UTF-8", "another alphabet: download it again, or save it as UTF-8"),
        ("US", "gb18030", "马克杯", "text in UTF-8", "another alphabet: download it again, or save it as UTF-8"),
        ("AE", "cp1256", "كوب صغير", "text in UTF-8", "another alphabet: download it again, or save it as UTF-8"),
        ("DE", "cp1251", "Чайная чашка", "text in UTF-8", "another alphabet: download it again, or save it as UTF-8"),
        ("US", "cp1251", "коф", "text in UTF-8", "another alphabet: download it again, or save it as UTF-8"),
        ("US", "gbk", "杯", "text in UTF-8", "another alphabet: download it again, or save it as UTF-8"),
        ("US", "big5", "杯子", "text in UTF-8", "another alphabet: download it again, or save it as UTF-8"),
        ("US", "mac_roman", "CAFÉ-1", "text in UTF-8", "another alphabet: download it again, or save it as UTF-8"),
        ("DE", "mac_roman", "Größe", "text in UTF-8", "another alphabet: download it again, or save it as UTF-8"),
        ("JP", "cp1252", "élan", LEGACY, "It looks Western: correct `marketplace`"),
        ("JP", "cp1252", "Ärmel", LEGACY, "It looks Western: correct `marketplace`"),
    ],
)
def test_what_could_be_another_alphabet_is_refused(
    tmp_path: Path, place: str, encoding: str, sku: str, expected: str, way_out: str
):
    error = refusal(tmp_path, {"orders.tsv": report(sku, encoding)}, f'marketplace = "{place}"\n')
    assert error.expected == expected
    assert way_out in error.what_to_do
    assert sku not in str(error)


@pytest.mark.parametrize(
    ("place", "sku", "damage"),
    [("US", "CAFÉ", b"\xe9"), ("PL", "ŁÓDŹ", b"\xf3"), ("US", "コーヒー", b"\xe9"), ("JP", "商品カップ", b"\x81A")],
)
def test_utf_8_that_was_damaged_is_no_other_encoding(tmp_path: Path, place: str, sku: str, damage: bytes):
    """One byte that is not UTF-8 would turn each letter of the others into two or three wrong ones."""
    sound = text(ALL_ORDERS, *(order(f"111-1111111-{number:07d}", sku=sku) for number in range(20)))
    content = sound.encode() + line(ALL_ORDERS, order(ID_2, sku="Orl@ans")).encode().replace(b"@", damage)
    error = refusal(tmp_path, {"orders.tsv": content}, f'marketplace = "{place}"\n')
    assert error.expected == "text in UTF-8, whole"
    assert error.what_to_do.startswith("Some letters of it are damaged: download it again")


@pytest.mark.parametrize("heading", ["価格表示", "コメント", "カート"])
def test_a_japanese_header_says_that_the_file_is_japanese(tmp_path: Path, heading: str):
    """It is read as cp932 on any marketplace: here the name of a column that no reader needs shows it."""
    header = [*ALL_ORDERS[:-1], heading]
    content = "\t".join(header) + "\n" + line(ALL_ORDERS, order(sku="マグ"))
    account = read(tmp_path, {"orders.tsv": content.encode("cp932")}, 'marketplace = "GB"\n')
    assert rows(account, "order_items", "sku") == [("マグ",)]
    assert account.ledger["note"].item() == "read as cp932"


@pytest.mark.parametrize(
    ("name", "encoding", "note"),
    [
        ("M\ufffdg", "utf-8", "letters were lost before it came here: they stand as \ufffd"),
        ("M\ufffdg", "utf-16", "read as utf-16; letters were lost before it came here: they stand as \ufffd"),
        (
            "5 \x80",
            "utf-8",
            "it holds control characters, as text does that was once read in a wrong encoding",
        ),
        ("5 €", "utf-8", ""),
    ],
)
def test_what_was_lost_is_told(tmp_path: Path, name: str, encoding: str, note: str):
    content = text(ALL_ORDERS, order(product_name=name)).encode(encoding)
    account = read(tmp_path, {"orders.tsv": content})
    assert rows(account, "orders", "order_id") == [(ID,)]
    assert account.ledger["note"].item() == note
    assert open_account(tmp_path, "shop").ledger["note"].item() == note


def test_a_letter_between_two_chunks():
    cut = ["é".encode()[:1], "é".encode()[1:] + b"x", b"y"]
    assert list(utf_8(cut, "utf-8")) == [*cut, b""]
    with pytest.raises(UnicodeDecodeError):
        list(utf_8([cut[0], b"x"], "utf-8"))
    with pytest.raises(UnicodeDecodeError):
        list(utf_8([b"x", cut[0]], "utf-8"))
    assert b"".join(utf_8(["é漢".encode("utf-16")[:3], "é漢".encode("utf-16")[3:]], "utf-16")) == "é漢".encode()


def test_many_chunks_are_looked_at(tmp_path: Path):
    """What tells of another alphabet, or was lost, may stand anywhere in the file."""
    many = [order(f"111-1111111-{number:07d}") for number in range(8_000)]
    far = text(ALL_ORDERS, *many, order(ID_2, sku="湯のみ"))
    assert len(far) > 1 << 20
    assert refusal(tmp_path, {"orders.tsv": far.encode("cp932")}).expected == LEGACY
    lost = far.replace("湯のみ", "M\ufffdg").encode()
    assert "letters were lost" in read(tmp_path, {"orders.tsv": lost}).ledger["note"].item()

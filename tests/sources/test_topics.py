"""What a subject is about: what buyers write in each language, and the lists that know it."""

import re
import tomllib
import unicodedata

import polars as pl
import pytest

from sellerhealth.definition.columns import TOPICS
from sellerhealth.definition.marketplaces import MARKETPLACES
from sellerhealth.sources import topics

FILES = sorted(topics.FOLDER.glob("*.toml"))
CODES = [path.stem for path in FILES]
LISTS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES}
WORDS = [
    (code, name, words[name])
    for code, told in LISTS.items()
    for words in (told, told["passed_over"])
    for name in topics.LISTED
    if name in words
]

SUBJECTS = {
    "US": [
        ("CANCELLATION", "Order cancellation request from Amazon customer Ann (Order: 111-1234567-1234567)"),
        ("CANCELLATION", "I ordered twice, please don’t ship the second one"),
        ("RETURN", "Return request"),
        ("RETURN", "How do I send it back?"),
        ("RETURN", "refund not received"),
        ("DELIVERY", "Where's my stuff"),
        ("DELIVERY", "Shipping inquiry from Amazon customer Ann"),
        ("DELIVERY", "USPS says delivered but it never arrived"),
        ("DELIVERY", "wrong address on my order"),
        ("PRODUCT", "Product details inquiry from Amazon customer Ann"),
        ("PRODUCT", "Mug arrived broken"),
        ("PRODUCT", "it doesn't work"),
        ("INVOICE", "Can you send me a receipt?"),
        ("INVOICE", "I have not received the invoice"),
        ("OTHER", "Inquiry from Amazon customer Ann (Order: 111-1234567-1234567)"),
        ("OTHER", "Thank you!"),
    ],
    "DE": [
        ("CANCELLATION", "Bitte meine Bestellung stornieren"),
        ("CANCELLATION", "aus Versehen bestellt"),
        ("RETURN", "Rückgabe der Ware"),
        ("RETURN", "Ich möchte mein Geld zurück"),
        ("RETURN", "RUECKSENDUNG"),
        ("DELIVERY", "Wo bleibt mein Paket?"),
        ("DELIVERY", "Ware noch nicht erhalten"),
        ("DELIVERY", "Falsche Lieferadresse"),
        ("PRODUCT", "Tasse kaputt angekommen"),
        ("PRODUCT", "Gerät funktioniert nicht"),
        ("PRODUCT", "WELCHE GRÖSSE?"),
        ("PRODUCT", "Ist der Artikel wieder lieferbar?"),
        ("INVOICE", "Bitte um Rechnung mit ausgewiesener MwSt."),
        ("INVOICE", "Rechnung noch nicht erhalten"),
        ("OTHER", "Anfrage von Amazon-Kunde"),
    ],
    "FR": [
        ("CANCELLATION", "Demande d'annulation de commande"),
        ("CANCELLATION", "Merci d’annuler mon achat"),
        ("RETURN", "Je voudrais être remboursé"),
        ("RETURN", "Retour de l'article"),
        ("DELIVERY", "Le colis n'est pas arrivé"),
        ("DELIVERY", "Ou est ma commande"),
        ("DELIVERY", "Toujours pas livré"),
        ("PRODUCT", "Article endommagé"),
        ("PRODUCT", "Ne fonctionne pas"),
        ("PRODUCT", "Il manque une pièce"),
        ("INVOICE", "Demande de facturation de la part du client Amazon"),
        ("INVOICE", "Je n'ai toujours pas reçu la facture"),
        ("OTHER", "Demande de renseignements de la part du client Amazon"),
        ("OTHER", "Dans l'attente de votre retour"),
    ],
    "IT": [
        ("CANCELLATION", "Vorrei annullare l'ordine"),
        ("CANCELLATION", "Richiesta di cancellazione"),
        ("RETURN", "Reso"),
        ("RETURN", "Richiesta di rimborso"),
        ("RETURN", "Vorrei restituire il prodotto"),
        ("DELIVERY", "Dov’è il mio pacco?"),
        ("DELIVERY", "Ordine non ancora arrivato"),
        ("DELIVERY", "Indirizzo sbagliato"),
        ("PRODUCT", "Prodotto difettoso"),
        ("PRODUCT", "Manca un pezzo"),
        ("INVOICE", "Serve la partita IVA?"),
        ("INVOICE", "Non ho ricevuto la fattura"),
        ("OTHER", "Quale età? È resistente?"),
    ],
    "ES": [
        ("CANCELLATION", "Solicitud de cancelación de pedido del cliente de Amazon"),
        ("CANCELLATION", "quiero anular la compra"),
        ("RETURN", "Devolución"),
        ("RETURN", "Cambio de talla"),
        ("DELIVERY", "¿Dónde está mi pedido?"),
        ("DELIVERY", "no me ha llegado"),
        ("DELIVERY", "cambio de direccion"),
        ("PRODUCT", "Llegó roto"),
        ("PRODUCT", "No funciona"),
        ("PRODUCT", "falta un tornillo"),
        ("INVOICE", "Necesito factura con IVA"),
        ("INVOICE", "falta la factura"),
        ("OTHER", "Muchas gracias"),
    ],
    "JP": [
        ("CANCELLATION", "注文のキャンセルをお願いします"),
        ("CANCELLATION", "間違えて注文しました"),
        ("RETURN", "返品したいです"),
        ("RETURN", "返金されていません"),
        ("DELIVERY", "商品が届きません"),
        ("DELIVERY", "配送状況の確認"),
        ("DELIVERY", "届け先の住所を変更したい"),
        ("PRODUCT", "届きましたが壊れていました"),
        ("PRODUCT", "使い方がわからない"),
        ("PRODUCT", "ノイズキャンセルの不具合"),
        ("INVOICE", "領収書の発行をお願いします"),
        ("INVOICE", "領収書が届かない"),
        ("OTHER", "ありがとうございました"),
    ],
    "BR": [
        ("CANCELLATION", "Desisti da compra"),
        ("RETURN", "Quero meu dinheiro de volta"),
        ("DELIVERY", "nao chegou ainda"),
        ("PRODUCT", "Veio quebrado"),
        ("INVOICE", "Não recebi a nota fiscal"),
        ("OTHER", "Aguardo retorno"),
    ],
    "NL": [
        ("CANCELLATION", "Bestelling annuleren"),
        ("RETURN", "Ik wil het terugsturen"),
        ("DELIVERY", "Waar blijft mijn pakket?"),
        ("PRODUCT", "Lamp is kapot"),
        ("INVOICE", "Factuur niet ontvangen"),
        ("OTHER", "Dit lost niets op"),
    ],
    "SE": [
        ("CANCELLATION", "Avbeställa"),
        ("RETURN", "Vill skicka tillbaka varan"),
        ("DELIVERY", "Har inte fått min beställning"),
        ("PRODUCT", "Varan är trasig"),
        ("INVOICE", "Kvitto saknas"),
        ("OTHER", "Den är våt"),
    ],
    "PL": [
        ("CANCELLATION", "Rezygnuję z zamówienia"),
        ("RETURN", "zwrocic pieniadze"),
        ("DELIVERY", "Gdzie jest moja paczka?"),
        ("PRODUCT", "nie dziala"),
        ("INVOICE", "Nie otrzymałem faktury"),
        ("OTHER", "Dziękuję za informację zwrotną"),
    ],
    "TR": [
        ("CANCELLATION", "SİPARİŞİMİ İPTAL EDİN"),
        ("RETURN", "IADE TALEBI"),
        ("DELIVERY", "Adres değiştirmek istiyorum"),
        ("PRODUCT", "Ürün kırık geldi"),
        ("INVOICE", "Faturam gelmedi"),
        ("OTHER", "Size nasıl ulaşabilirim?"),
    ],
    "SA": [
        ("CANCELLATION", "أريد إلغاء الطلب"),
        ("RETURN", "ارجاع المبلغ"),
        ("DELIVERY", "لم يصل الطلب بعد"),
        ("PRODUCT", "كابل الشحن مكسور"),
        ("INVOICE", "أحتاج للفاتوره"),
        ("OTHER", "شكرا لكم"),
    ],
    "IN": [
        ("CANCELLATION", "ऑर्डर रद्द करना है"),
        ("RETURN", "paise wapas chahiye"),
        ("DELIVERY", "मेरा ऑर्डर अभी तक नहीं मिला"),
        ("PRODUCT", "सामान ख़राब है"),
        ("INVOICE", "जीएसटी बिल चाहिए"),
        ("OTHER", "यह बिलकुल ठीक है"),
    ],
    "BE": [("RETURN", "geld terug"), ("DELIVERY", "colis perdu"), ("PRODUCT", "broken"), ("OTHER", "bon produit")],
}


def told(subjects: list[str | None], *languages: str) -> list[str | None]:
    cells = pl.LazyFrame({"subject": subjects}, schema={"subject": pl.String})
    return cells.select(topics.topic(pl.col("subject"), languages)).collect().to_series().to_list()


def marks(*texts: str | None) -> list[int | None]:
    return pl.select(topics.text_mark(pl.lit(pl.Series(texts, dtype=pl.String)))).to_series().to_list()


@pytest.mark.parametrize("place", SUBJECTS)
def test_subjects(place: str):
    subjects = [subject for _, subject in SUBJECTS[place]]
    found = told(subjects, *MARKETPLACES[place].languages)
    assert list(zip(found, subjects, strict=True)) == SUBJECTS[place]


@pytest.mark.parametrize(
    ("topic", "subject"),
    [
        ("CANCELLATION", "Invoice for a broken mug, return or cancel the parcel"),
        ("RETURN", "Invoice for a broken mug, return the parcel"),
        ("DELIVERY", "Invoice for a broken mug in my parcel"),
        ("PRODUCT", "Invoice for a broken mug"),
        ("INVOICE", "Invoice for a mug"),
        ("OTHER", "A mug"),
    ],
)
def test_the_first_topic_wins(topic: str, subject: str):
    assert told([subject], "en") == [topic]


@pytest.mark.parametrize(
    ("topic", "subject"),
    [
        ("CANCELLATION", "cancelled"),
        ("CANCELLATION", "(cancel)"),
        ("CANCELLATION", "un-cancel"),
        ("CANCELLATION", "please_cancel_it"),
        ("OTHER", "uncancel"),
        ("INVOICE", "sales tax"),
        ("INVOICE", "tax, please"),
        ("OTHER", "Taxi"),
        ("DELIVERY", "Where   is\tmy mug"),
        ("OTHER", "Where. Is my mug"),
        ("RETURN", "in return"),
        ("OTHER", "in return for a mug"),
        ("RETURN", "in return for a return"),
        ("PRODUCT", "noise cancelling broke"),
        ("CANCELLATION", "cancel the noise cancelling ones"),
    ],
)
def test_where_a_word_begins_and_ends(topic: str, subject: str):
    assert told([subject], "en") == [topic]


def test_a_topic_s_own_name_is_that_topic():
    assert told([*TOPICS, "product", " Other ", "Invoice"], "en") == [*TOPICS, "PRODUCT", "OTHER", "INVOICE"]
    assert told(["other return"], "en") == ["RETURN"]


def test_no_text_has_no_topic():
    assert told([None, "", "  "], "en") == [None, "OTHER", "OTHER"]
    assert pl.select(topics.topic(pl.lit(None, pl.String), ("en",))).to_series().dtype == pl.Enum(TOPICS)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("de", ["Rückgabe", "RÜCKGABE", "Ruckgabe", unicodedata.normalize("NFD", "Rückgabe")]),
        ("fr", ["droit de rétractation", "DROIT DE RETRACTATION", "droit de\u00a0rétractation"]),
        ("tr", ["iade", "İADE", "IADE", "ıade"]),
        ("ja", ["返品したい", "至急返品"]),
        ("ar", ["إرجاع", "ارجاع", "الإرجاع", "إِرْجَاع", "إرجـــاع", "وللإرجاع"]),
        ("hi", ["रिफंड", "refund"]),
    ],
)
def test_spellings_of_one_word(language: str, written: list[str]):
    assert told(written, language) == ["RETURN"] * len(written)


def test_half_width_is_full_width():
    assert told(["ｷｬﾝｾﾙ希望", "ＣＡＮＣＥＬ"], "ja") == ["CANCELLATION", "CANCELLATION"]


def test_the_languages_of_the_marketplace_and_english_count():
    subjects = ["stornieren", "annuler", "cancel"]
    assert told(subjects, "de") == ["CANCELLATION", "OTHER", "CANCELLATION"]
    assert told(subjects, "fr", "de") == ["CANCELLATION", "CANCELLATION", "CANCELLATION"]
    assert told(subjects) == ["OTHER", "OTHER", "CANCELLATION"]


def test_every_language_of_a_marketplace_has_lists_and_every_list_a_marketplace():
    assert {language for place in MARKETPLACES.values() for language in place.languages} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_file_is_whole(code: str):
    lists = LISTS[code]
    assert set(lists) - {"anywhere", "joined"} == {"language", "passed_over", *topics.LISTED}
    assert set(lists["passed_over"]) <= set(topics.LISTED)
    assert all(lists[name] for name in topics.LISTED)


@pytest.mark.parametrize(("code", "name", "words"), WORDS)
def test_words_are_plain_text(code: str, name: str, words: list[str]):
    """Letters with their marks, digits, hyphens and apostrophes; one space between words, and at most one at the end."""
    strange = [
        word for word in words if any(unicodedata.category(sign)[0] not in "LMN" for sign in re.sub("[ '-]", "", word))
    ]
    assert strange == []
    assert [word for word in words if word.startswith(" ") or "  " in word] == []


@pytest.mark.parametrize("code", CODES)
def test_no_word_stands_twice(code: str):
    words = pl.Series([word for name in topics.LISTED for word in LISTS[code][name]])
    plain = pl.select(topics._plain(pl.lit(words))).to_series()
    assert words.filter(plain.is_duplicated()).to_list() == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", topics.LISTED)
def test_a_word_alone_finds_its_own_topic(code: str, name: str):
    """Else an earlier list takes it, or a phrase that is passed over."""
    words = LISTS[code][name]
    assert [word for word, found in zip(words, told(words, code), strict=True) if found != name] == []


@pytest.mark.parametrize("place", MARKETPLACES)
def test_english_words_keep_their_topic_beside_every_language(place: str):
    words = [word for name in topics.LISTED for word in LISTS["en"][name] if (place, word) != ("TR", "size")]
    assert told(words, *MARKETPLACES[place].languages) == told(words, "en"), "in Turkish, size is to you"


@pytest.mark.parametrize("code", CODES)
def test_what_is_passed_over_would_be_found_else(code: str):
    searches = topics._searches((code,))
    for name, phrases in LISTS[code]["passed_over"].items():
        plain = pl.select(topics._plain(pl.lit(pl.Series(phrases)))).to_series()
        assert plain.filter(~plain.str.contains(searches[name][0])).to_list() == []


def test_text_marks():
    first, second, *others = marks(
        "Order 111-1234567-1234567 is on its way.",
        "order 222-7654321-7654321 is on\nits WAY.",
        "Order is on its way",
        "On its way.",
    )
    assert first == second
    assert len({first, *others}) == 3
    assert marks("a", None, "", "12 3") == [*marks("a"), None, *marks(""), *marks("")]


def test_a_mark_does_not_hang_on_its_row_or_frame():
    assert marks("x", "y", "x")[2] == marks("x")[0]
    assert marks("x")[0] != marks("y")[0]


def test_it_streams():
    rows = [row for place in SUBJECTS.values() for row in place]
    frame = pl.LazyFrame({"topic": [topic for topic, _ in rows], "text": [text for _, text in rows]})
    asked = frame.select(topics.topic(pl.col("text"), tuple(CODES)), mark=topics.text_mark(pl.col("text")))
    plan = asked.show_graph(engine="streaming", plan_stage="physical", raw_output=True)
    held = [node for node in str(plan).splitlines() if "fillcolor" in node]
    assert len(held) == 1, "only the rows given lie in memory"
    assert "in-memory-source" in held[0]
    assert asked.collect(engine="streaming").equals(asked.collect())

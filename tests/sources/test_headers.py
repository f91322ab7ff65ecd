"""Reports in other languages: columns by their names, by their places where names are repeated, and what is not read."""

from pathlib import Path

import pytest

from sellerhealth.definition.marketplaces import marketplace
from sellerhealth.sources.amazon import layouts
from sellerhealth.sources.headers import localised, tables
from sellerhealth.sources.layout import Field, Layout, fold
from tests.sources.folder import ALL_LISTINGS, ALL_ORDERS, FEEDBACK, ID, ledger, order, read, real, refusal, rows, text

LISTED = {"seller-sku": "MUG-1", "quantity": "3", "fulfillment-channel": "DEFAULT", "status": "Active"}
TOLD = [("MUG-1", 3, "MFN", "ACTIVE")]
LISTINGS = {
    "de": ("Artikelbezeichnung", "Händler-SKU", "Preis", "Menge", "Versender", "Status"),
    "fr": ("nom-produit", "sku-vendeur", "prix", "quantité", "canal-traitement", "état"),
    "it": ("Nome dell'articolo", "SKU venditore", "Prezzo", "Quantità", "Canale di gestione", "stato"),
    "es": ("Título del producto", "SKU del vendedor", "Precio", "Cantidad", "Canal de gestión logística", "estado"),
    "ja": ("商品名", "出品者SKU", "価格", "数量", "フルフィルメント・チャンネル", "ステータス"),
    "zh": ("商品名称", "卖家 SKU", "价格", "数量", "配送渠道", "状态"),
    "pl": ("nazwa-produktu", "sku-sprzedawcy", "cena", "ilość", "kanał-realizacji", "status"),
    "tr": (
        "item-name (ürün adı)",
        "seller-sku (satıcı sku)",
        "price (fiyat)",
        "quantity (adet)",
        "fulfillment-channel (dağıtım kanalı)",
        "durum",
    ),
    "ar": ("اسم-المنتج", "sku-البائع", "السعر", "الكمية", "قناة-الشحن", "الحالة"),
}
RATED = {
    "de": ("Datum", "Bewertung", "Kommentar", "Ihre Antwort", "Transaktionsnummer", "E-Mail des Bewertenden"),
    "es": ("Date", "Rating", "Comentarios", "Response", "Número de pedido", "E-mail del cliente"),
    "mx": ("Fecha", "Rating", "Comentarios", "Tu respuesta", "Número de pedido", "Correo electrónico del evaluador"),
}
UNREAD = {
    "the settlement report": "settlement-id\tsettlement-start-date\tcurrency\ttransaction-type\torder-id\tamount",
    "the FBA inventory report": "sku\tfnsku\tasin\tproduct-name\tcondition\tyour-price\tafn-fulfillable-quantity",
    "the FBA customer returns report": "return-date\torder-id\tsku\tquantity\tdetailed-disposition\treason\tstatus",
    "the FBA reimbursements report": "approval-date\treimbursement-id\tcase-id\tamazon-order-id\treason\tsku",
    "the FBA removal orders report": "request-date\torder-id\tsku\trequested-quantity\tdisposed-quantity",
    "the FBA fee preview": "sku\tfnsku\tasin\tyour-price\testimated-fee-total",
    "the inventory ledger": "Date,FNSKU,ASIN,MSKU,Title,Disposition,Starting Warehouse Balance",
    "the invoice defect download": "Shipment ID,Order ID,Ship Date UTC,Defect Type,Defect Reason",
    "the sales and traffic report": "(Child) ASIN,Title,Sessions - Total,Units Ordered,Ordered Product Sales",
    "the Voice of the Customer export": "Product Name,ASIN,SKU,NCX rate,NCX orders,Total orders",
}


@pytest.mark.parametrize("language", LISTINGS)
def test_the_all_listings_report_in_a_language(tmp_path: Path, language: str):
    content = "\t".join(LISTINGS[language]) + "\nMug\tMUG-1\t9.50\t3\tDEFAULT\tActive\n"
    account = read(tmp_path, {"all.tsv": content})
    assert rows(account, "listings", "sku", "listed_units", "listing_channel", "listing_state") == TOLD


@pytest.mark.parametrize("language", RATED)
def test_seller_feedback_in_a_language(tmp_path: Path, language: str):
    content = "\t".join(RATED[language]) + f"\n14.3.26\t2\tBroken\t\t{ID}\tbuyer@example.com\n"
    account = read(tmp_path, {"feedback.tsv": content}, 'marketplace = "DE"\n')
    assert rows(account, "feedback", "order_id", "rated_on", "rating") == [(ID, "2026-03-14", 2)]


@pytest.mark.parametrize("written", ["HÄNDLER-SKU", "Ha\u0308ndler-SKU", " Händler-SKU ", "Ｈändler-SKU"])
def test_names_are_compared_without_case_accent_form_and_width(tmp_path: Path, written: str):
    content = f"{written}\tMenge\nMUG-1\t3\n"
    assert rows(read(tmp_path, {"all.tsv": content}), "listings", "sku", "listed_units") == [("MUG-1", 3)]


def test_a_column_in_two_languages_is_refused(tmp_path: Path):
    error = refusal(tmp_path, {"all.tsv": "seller-sku\tHändler-SKU\tquantity\nMUG-1\tMUG-2\t3\n"})
    assert (error.where, error.row, error.column, error.expected) == (
        "shop/all.tsv",
        1,
        "seller-sku",
        "each column once",
    )


def test_a_known_header_is_read_by_its_places(tmp_path: Path):
    """In Chinese the numbers of the offer and of the product have one name, and eleven columns another."""
    (header,) = tables()["zh"]["headers"]["listings"]
    theirs, english = [pair[0] for pair in header], [pair[1] for pair in header]
    assert english == ALL_LISTINGS
    assert len(set(theirs)) < len(theirs) == 29
    cells = "\t".join(LISTED.get(name, "") for name in ALL_LISTINGS)
    account = read(tmp_path, {"all.tsv": "\t".join(theirs) + f"\n{cells}\n"})
    assert rows(account, "listings", "sku", "listed_units", "listing_channel", "listing_state") == TOLD


def test_of_a_repeated_name_the_place_in_the_known_header_decides():
    column = Field(ours="sku", theirs=("product-id",), kind="text", needed=True)
    plain = Layout(name="listings", label="", tables=("listings",), key=("sku",), fields=(column,))
    (layout,) = localised([plain])
    (header,) = tables()["zh"]["headers"]["listings"]
    names = [pair[0] for pair in header]
    assert [place for place, name in enumerate(names) if name == "商品编码"] == [2, 22]
    assert layout.names(names).index("product-id") == 22
    assert layout.missing(names) == []
    assert layout.missing(names[:-1]) == ["product-id"]


def test_the_real_chinese_header():
    (header,) = tables()["zh"]["headers"]["listings"]
    assert real("merchant_listings_all_data_header_zh.tsv").decode("utf-8-sig").strip("\r\n").split("\t") == [
        pair[0] for pair in header
    ]


def test_every_name_belongs_to_a_column_that_is_read():
    known = layouts(marketplace("US"), "America/Los_Angeles")
    names = {
        (layout.name, fold(name))
        for layout in known
        for theirs in [*layout.known_by, *(column.theirs for column in layout.fields)]
        for name in theirs
    }
    told = [
        (layout, fold(name))
        for table in tables().values()
        for layout, columns in table.get("columns", {}).items()
        for english, others in columns.items()
        for name in [english, *others]
    ]
    assert len(told) > 60
    assert not set(told) - names


@pytest.mark.parametrize("label", UNREAD)
def test_a_report_that_no_metric_reads_says_so(tmp_path: Path, label: str):
    error = refusal(tmp_path, {"orders.tsv": text(ALL_ORDERS, order()), "other.txt": UNREAD[label] + "\n"})
    assert (error.where, error.row) == ("shop/other.txt", 1)
    assert error.what_to_do == f"This is {label}: no metric reads it. Name it under ignore in account.toml."


def test_it_can_be_ignored(tmp_path: Path):
    files = {"other.txt": UNREAD["the settlement report"] + "\n", "f.tsv": text(FEEDBACK)}
    account = read(tmp_path, files, 'marketplace = "US"\nignore = ["other.txt"]\n')
    assert "other.txt" not in ledger(account)

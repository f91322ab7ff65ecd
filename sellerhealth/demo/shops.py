"""The two shops of the demo accounts."""

from datetime import date

from sellerhealth.definition.marketplaces import marketplace
from sellerhealth.demo.shop import Channel, Product, Shop, Town

LAMP, VASE, MUG = "HP-LAMP-02", "HP-VASE-06", "HP-MUG-11"
VALLEY_PARCEL = "Valley Parcel"
HOME_GOODS = {
    Product(sku=LAMP, name="Brass Desk Lamp", asin="B0DEMOHP02", cents=4900, category="Lighting"): 13,
    Product(sku="HP-CNDL-03", name="Pine Candle", asin="B0DEMOHP03", cents=1850, category="Home"): 16,
    Product(sku="HP-TOWL-05", name="Linen Towel", asin="B0DEMOHP05", cents=1400, category="Home"): 14,
    Product(sku=VASE, name="Glass Vase", asin="B0DEMOHP06", cents=2600, category="Home"): 8,
    Product(sku="HP-BORD-07", name="Oak Board", asin="B0DEMOHP07", cents=3450, category="Kitchen"): 11,
    Product(sku="HP-BSKT-09", name="Willow Basket", asin="B0DEMOHP09", cents=2995, category="Home"): 7,
    Product(sku=MUG, name="Stoneware Mug", asin="B0DEMOHP11", cents=1650, category="Kitchen"): 15,
    Product(sku="HP-COAS-20", name="Slate Coasters", asin="B0DEMOHP20", cents=1595, channel="AFN"): 12,
    Product(sku="HP-HOOK-21", name="Brass Hooks", asin="B0DEMOHP21", cents=1295, channel="AFN"): 9,
}
AMERICAN = (
    Town(city="Portland", state="OR", postal_code="97205", country="US"),
    Town(city="Seattle", state="WA", postal_code="98101", country="US"),
    Town(city="San Jose", state="CA", postal_code="95112", country="US"),
    Town(city="Denver", state="CO", postal_code="80202", country="US"),
    Town(city="Austin", state="TX", postal_code="78701", country="US"),
    Town(city="Chicago", state="IL", postal_code="60607", country="US"),
    Town(city="Boise", state="ID", postal_code="83702", country="US"),
    Town(city="Boston", state="MA", postal_code="02116", country="US"),
)
CANADIAN = (
    Town(city="Victoria", state="BC", postal_code="V8W 1A1", country="CA"),
    Town(city="Calgary", state="AB", postal_code="T2P 1A1", country="CA"),
)
AMAZON_COM = Channel(name="Amazon.com", currency="USD", towns=AMERICAN)
AMAZON_CA = Channel(name="Amazon.ca", currency="CAD", towns=CANADIAN)
ELSEWHERE = Channel(name="Non-Amazon", currency="USD", towns=AMERICAN)

HARBOR_AND_PINE = Shop(
    folder="demo-us",
    label="Harbor & Pine",
    marketplace=marketplace("US"),
    seed=18,
    first_day=date(2025, 10, 12),
    last_day=date(2026, 11, 15),
    most_a_day=30,
    busy=0.52,
    two_item_share=0.06,
    cancelling_buyers=0.006,
    late_share=0.01,
    very_late_share=0.007,
    order_prefixes=("111", "112", "113", "114"),
    products=HOME_GOODS,
    channels={"MFN": {AMAZON_COM: 993, AMAZON_CA: 7}, "AFN": {AMAZON_COM: 98, ELSEWHERE: 2}},
    carriers={"OnTrac": 42, "UPS": 31, "USPS": 27},
)

BOOKS = {
    Product(sku="FS-0412", name="Birds of the Fern", asin="B0DEMOFS12", cents=1250): 5,
    Product(sku="FS-0433", name="The Tide Table", asin="B0DEMOFS33", cents=899): 6,
    Product(sku="FS-0457", name="Walls and Lanes", asin="B0DEMOFS57", cents=1600): 4,
    Product(sku="FS-0468", name="A Year of Soup", asin="B0DEMOFS68", cents=1099): 5,
    Product(sku="FS-0490", name="Small Engines", asin="B0DEMOFS90", cents=2200): 2,
}
BRITISH = (
    Town(city="Leeds", state="", postal_code="LS1", country="GB"),
    Town(city="York", state="", postal_code="YO1", country="GB"),
    Town(city="Cardiff", state="", postal_code="CF10", country="GB"),
    Town(city="Bath", state="", postal_code="BA1", country="GB"),
    Town(city="Dundee", state="", postal_code="DD1", country="GB"),
)
FERN_STREET_BOOKS = Shop(
    folder="demo-uk",
    label="Fern Street Books",
    marketplace=marketplace("GB"),
    seed=20,
    first_day=date(2026, 4, 30),
    last_day=date(2026, 11, 15),
    most_a_day=2,
    busy=0.335,
    two_item_share=0.08,
    cancelling_buyers=0,
    late_share=0,
    very_late_share=0,
    order_prefixes=("202", "203", "204"),
    products=BOOKS,
    channels={"MFN": {Channel(name="Amazon.co.uk", currency="GBP", towns=BRITISH): 1}},
    carriers={"Royal Mail": 7, "Evri": 3},
)

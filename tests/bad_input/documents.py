"""The catalogue's rows on JSON and XML: what is odd in a document, and what would harm."""

from tests.bad_input.case import Case

ROW = "XML"
STATUS = '"accountStatuses": [{"marketplaceId": "ATVPDKIKX0DER", "status": "NORMAL"}]'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">'
    + "".join(f'<!ENTITY b{n} "{f"&b{n - 1 or str()};" * 10}">' for n in range(1, 9))
    + "]><sellerPerformanceReports><a>&b8;</a></sellerPerformanceReports>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
    "<sellerPerformanceReports><a>&b;</a></sellerPerformanceReports>"
)
CASES = [
    Case(
        row=ROW,
        found="XML that unfolds without end",
        content=BOMB,
        name="performance.xml",
        says="shop/performance.xml: expected XML that neither unfolds itself nor fetches another file. Download it again, from Amazon.",
    ),
    Case(
        row=ROW,
        found="XML that asks for another file",
        content=OUTSIDE,
        name="performance.xml",
        says="shop/performance.xml: expected XML that neither unfolds itself nor fetches another file. Download it again, from Amazon.",
    ),
    Case(
        row=ROW,
        found="XML that does not close",
        content="<sellerPerformanceReports><a>",
        name="performance.xml",
        says="shop/performance.xml: expected whole XML. It is damaged or cut off: download it again, or the newer report GET_V2_SELLER_PERFORMANCE_REPORT.",
    ),
    Case(
        row=ROW,
        found="JSON that is cut off",
        content="{" + STATUS,
        name="performance.json",
        says="shop/performance.json: expected whole JSON. It is damaged or cut off: download it again.",
    ),
    Case(
        row=ROW,
        found="JSON in a hundred thousand brackets",
        content='{"a":' * 100_000,
        name="performance.json",
        says="shop/performance.json: expected a report. This is a JSON message, often an error: download it again.",
    ),
    Case(
        row=ROW,
        found="a list in a hundred thousand brackets",
        content="[" * 100_000,
        name="performance.json",
        says="shop/performance.json: expected a report. This is a JSON message, often an error: download it again.",
    ),
    Case(
        row=ROW,
        found="a key twice",
        content="{" + STATUS + ", " + STATUS.replace("NORMAL", "AT_RISK") + "}",
        name="performance.json",
        says="shop/performance.json: expected each name once in an object. It says two things under one: download it again.",
    ),
    Case(
        row=ROW,
        found="a number that is none",
        content=f'{{{STATUS}, "performanceMetrics": [{{"marketplaceId": "ATVPDKIKX0DER", "lateShipmentRate": {{"rate": NaN}}}}]}}',
        name="performance.json",
        says="shop/performance.json, row 3, column rate: expected rows that can be read. It is not a plain number such as 12.50. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/performance.json.csv.",
    ),
    Case(
        row=ROW,
        found="orders of the API with one that has no id, and things that are no orders",
        content='{"orders": [{"createdTime": "2026-03-01T10:00:00Z"}, 1, null, "x", []]}',
        name="orders.json",
        says="shop/orders.json, row 2, column orderId: expected rows that can be read. It is empty. None of the 5 rows can be used: download the file again, or correct the rows. They are listed in shop/rejects/orders.json.csv.",
    ),
    Case(
        row=ROW,
        found="a page of the API without orders",
        content='{"orders": []}',
        name="orders.json",
        says="shop/orders.json: the Orders API's pages (JSON); 0 read. no rows below the header",
    ),
    Case(
        row=ROW,
        found="a page of the API that is followed by another, and that one is not here",
        content='{"orders": [{"orderId": "111-1111111-1111111", "createdTime": "2026-03-01T10:00:00Z"}], "pagination": {"nextToken": "x"}}',
        name="orders.json",
        says="shop/orders.json: the Orders API's pages (JSON); 1 read, 1 used. it is not the last page: the next belongs here too",
        holds={"orders order_id": [("111-1111111-1111111",)]},
    ),
    Case(
        row=ROW,
        found="notifications of another kind",
        content='[{"NotificationType": "ANY_OFFER_CHANGED", "Payload": {}}]',
        name="changes.json",
        says="shop/changes.json: the ORDER_CHANGE notifications (JSON); 0 read. no rows below the header; notifications of another kind, which are passed over: 1",
    ),
    Case(
        row=ROW,
        found="a document a line, and one is cut off",
        content='{"orders": []}\n{"orders": [\n',
        name="orders.jsonl",
        says="shop/orders.jsonl: expected whole JSON. It is damaged or cut off: download it again.",
    ),
]

-- The three metrics under both policies from the raw files of a US seller, as one would write them by hand.
-- Nothing of the package is used. $as_of is the last day looked at; a moment after it is not known yet.

create temp table items as
select
    "amazon-order-id" as order_id,
    try_cast("purchase-date" as timestamptz) as purchased_at,
    try_cast("last-updated-date" as timestamptz) as updated_at,
    lower("order-status") as status,
    if(lower("fulfillment-channel") = 'merchant', 'MFN', 'AFN') as channel,
    lower("sales-channel") as marketplace,
    lower("item-status") = 'cancelled' as item_cancelled
from read_csv('{folder}/all-orders.tsv', delim = '\t', quote = '', header = true, all_varchar = true)
where regexp_full_match("amazon-order-id", '([0-9]{3}|S[0-9]{2})-[0-9]{7}-[0-9]{7}');

create temp table orders as
select
    order_id,
    arg_max(purchased_at, updated_at) as purchased_at,
    max(updated_at) as updated_at,
    arg_max(status, updated_at) as status,
    arg_max(channel, updated_at) as channel,
    arg_max(marketplace, updated_at) as marketplace,
    bool_or(item_cancelled) as has_cancelled_item
from items
group by order_id;

create temp table promises as
select "order-id" as order_id, max(try_cast("latest-ship-date" as timestamptz)) as ship_by_at
from read_csv('{folder}/order-report.tsv', delim = '\t', quote = '', header = true, all_varchar = true)
group by order_id;

create temp table packages as
select order_id, max(try_cast(confirmed_at as timestamptz)) as confirmed_at
from read_csv('{folder}/ship-confirmations.csv', header = true, all_varchar = true)
group by order_id;

create temp table feedback as
select "Order ID" as order_id, bool_or(try_cast("Rating" as integer) <= 2) as has_negative_feedback
from read_csv('{folder}/seller-feedback.tsv', delim = '\t', quote = '', header = true, all_varchar = true)
where try_strptime("Date", '%m/%d/%y')::date <= $as_of
group by order_id;

create temp table claims as
select
    order_id,
    bool_or(claim_type = 'a-to-z' and status <> 'denied') as claim_not_denied,
    bool_or(claim_type = 'a-to-z' and status = 'granted' and coalesce(funded_by, 'seller') = 'seller') as claim_at_fault,
    bool_or(claim_type = 'a-to-z' and status = 'under review') as claim_undecided,
    bool_or(claim_type = 'chargeback' and status <> 'denied') as chargeback,
    bool_or(
        claim_type = 'chargeback' and status in ('granted', 'under review') and coalesce(funded_by, 'seller') = 'seller'
    ) as chargeback_at_cost
from (
    select order_id, lower(claim_type) as claim_type, lower(status) as status, lower(funded_by) as funded_by, opened_at
    from read_csv('{folder}/claims.csv', header = true, all_varchar = true)
)
where try_cast(opened_at as date) <= $as_of
group by order_id;

create temp table known as
select
    orders.*,
    ship_by_at,
    packages.confirmed_at is null as confirmation_not_told,
    if(packages.confirmed_at < $end, packages.confirmed_at, null) as confirmed_at,
    (purchased_at at time zone 'America/Los_Angeles')::date as bought_on,
    (purchased_at at time zone 'UTC')::date as bought_on_utc,
    (ship_by_at at time zone 'America/Los_Angeles')::date as ship_by_on,
    coalesce(has_negative_feedback, false) as negative,
    coalesce(claim_not_denied, false) as claim_not_denied,
    coalesce(claim_at_fault, false) as claim_at_fault,
    coalesce(claim_undecided, false) as claim_undecided,
    coalesce(chargeback, false) as chargeback,
    coalesce(chargeback_at_cost, false) as chargeback_at_cost
from orders
left join promises using (order_id)
left join packages using (order_id)
left join feedback using (order_id)
left join claims using (order_id)
where marketplace = 'amazon.com' and status <> 'pending';

create temp table facts as
select
    *,
    confirmed_at is null and status = 'shipped' and confirmation_not_told as shipped_unknown_when,
    status = 'cancelled' and confirmed_at is null as cancelled_before,
    case
        when confirmed_at is not null then confirmed_at
        when status = 'shipped' and confirmation_not_told then least(updated_at, $end - interval 1 microsecond)
    end as confirmed_latest
from known
where bought_on <= $as_of;

create temp table late as
select
    ship_by_on as day,
    count(*) as n,
    count(*) filter (over >= 3) as handbook,
    count(*) filter (over >= 3 and shipped_unknown_when) as handbook_unsure,
    count(*) filter (after) as amazon,
    count(*) filter (after and shipped_unknown_when) as amazon_unsure
from (
    select
        ship_by_on,
        shipped_unknown_when,
        date_diff(
            'day',
            ship_by_on,
            coalesce((confirmed_latest at time zone 'America/Los_Angeles')::date, $as_of)
        ) as over,
        if(confirmed_latest is null, ship_by_on < $as_of, confirmed_latest > ship_by_at) as after
    from facts
    where channel = 'MFN' and ship_by_on is not null and not cancelled_before
)
group by day;

create temp table cancelled as
select
    bought_on as day,
    count(*) as n,
    count(*) filter (cancelled_before) as handbook,
    count(*) filter (cancelled_before or (has_cancelled_item and status <> 'cancelled')) as amazon
from facts
where channel = 'MFN'
group by day;

create temp table defects as
select
    channel,
    bought_on as day,
    bought_on_utc as day_utc,
    count(*) as n,
    count(*) filter (negative or claim_not_denied or chargeback) as handbook,
    count(*) filter (negative or claim_at_fault or claim_undecided or chargeback_at_cost) as amazon,
    count(*) filter (claim_undecided and not (negative or claim_at_fault or chargeback_at_cost)) as amazon_unsure
from facts
group by all;

create temp table windows as
select * from (values
    ('late_dispatch_rate', 'MFN', 30), ('late_dispatch_rate', 'MFN', 10),
    ('cancellation_rate', 'MFN', 7),
    ('order_defect_rate', 'MFN', 60), ('order_defect_rate', 'AFN', 60)
) as w (metric, channel, days);

with counts as (
    select 'late_dispatch_rate' as metric, 'handbook' as policy, 'MFN' as channel, 0 as lag, day,
        handbook as numerator, handbook_unsure as unsure, n
    from late
    union all
    select 'late_dispatch_rate', 'amazon-2026', 'MFN', 0, day, amazon, amazon_unsure, n from late
    union all
    select 'cancellation_rate', 'handbook', 'MFN', 1, day, handbook, handbook, n from cancelled
    union all
    select 'cancellation_rate', 'amazon-2026', 'MFN', 1, day, amazon, amazon, n from cancelled
    union all
    select 'order_defect_rate', 'handbook', channel, 0, day, handbook, 0, n from defects
    union all
    select 'order_defect_rate', 'amazon-2026', channel, 15, day_utc, amazon, amazon_unsure, n from defects
)
select
    metric, policy, channel, days::bigint,
    sum(numerator)::bigint as numerator, sum(unsure)::bigint as unknown, sum(n)::bigint as denominator
from counts
join windows using (metric, channel)
where day between $as_of - (lag + days - 1) and $as_of - lag
group by all
order by all;

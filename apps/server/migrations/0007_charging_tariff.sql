-- Fee items, tariffs and which unit pays which tariff from when. Locks nothing: new tables.
create schema charging;
grant usage on schema charging to wuye_app, wuye_jobs;

-- `category`: income of the company, money kept for the payer (deposit) or for a supplier (agency).
create table charging.fee_item (
  company_id uuid not null,
  id uuid not null,
  name text not null,
  category text not null default 'income',
  priority integer not null default 100,
  state text not null default 'active',
  created_at timestamptz not null,
  constraint fee_item_pkey primary key (company_id, id),
  constraint fee_item_company_fkey foreign key (company_id) references identity.company (id),
  constraint fee_item_name_key unique (company_id, name),
  constraint fee_item_category_known check (category in ('income', 'deposit', 'agency')),
  constraint fee_item_state_known check (state in ('active', 'retired'))
);
select platform.distribute('charging.fee_item');

-- A tariff is never edited; a new version of its name takes effect from a day, and the newest
-- version that has begun is the one in force, until its effective_to.
-- price: yuan per square metre and month (area), or yuan per month (fixed). surcharge: yuan a month.
-- rounding_point: 'period' rounds the whole period once, 'month' each month and adds up.
create table charging.tariff (
  company_id uuid not null,
  id uuid not null,
  fee_item_id uuid not null,
  name text not null,
  version integer not null,
  basis text not null,
  area_basis text,
  price numeric(18, 6) not null,
  surcharge numeric(18, 6) not null default 0,
  period_months integer not null default 1,
  anchor_month integer not null default 1,
  rounding_mode text not null default 'half-up',
  rounding_unit text not null default 'fen',
  rounding_point text not null default 'period',
  due_day integer not null default 25,
  effective_from date not null,
  effective_to date,
  created_at timestamptz not null,
  constraint tariff_pkey primary key (company_id, id),
  constraint tariff_fee_item_fkey foreign key (company_id, fee_item_id) references charging.fee_item (company_id, id),
  constraint tariff_version_key unique (company_id, fee_item_id, name, version),
  constraint tariff_basis_known check (basis in ('area', 'fixed')),
  constraint tariff_area_basis_known check (
    (basis = 'area') = (area_basis is not null) and area_basis in ('built', 'inner', 'chargeable')),
  -- The bound keeps the largest area × price × 12 months within bigint fen.
  constraint tariff_price_bounded check (
    price between 0 and 10000000 and surcharge between 0 and 10000000),
  constraint tariff_period_known check (period_months in (1, 2, 3, 4, 6, 12) and anchor_month between 1 and 12),
  constraint tariff_rounding_known check (
    rounding_mode in ('half-up', 'half-even', 'up', 'down')
    and rounding_unit in ('fen', 'jiao', 'yuan') and rounding_point in ('period', 'month')),
  constraint tariff_due_day_known check (due_day between 1 and 28),
  constraint tariff_days_ordered check (effective_to is null or effective_to >= effective_from)
);
select platform.distribute('charging.tariff');

-- The unit pays the fee item by the tariffs of this name, from a day to a day.
create table charging.assignment (
  company_id uuid not null,
  id uuid not null,
  community_id uuid not null,
  unit_id uuid not null,
  fee_item_id uuid not null,
  tariff_name text not null,
  from_on date not null,
  to_on date,
  created_at timestamptz not null,
  constraint assignment_pkey primary key (company_id, id),
  constraint assignment_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint assignment_fee_item_fkey foreign key (company_id, fee_item_id) references charging.fee_item (company_id, id),
  constraint assignment_start_key unique (company_id, unit_id, fee_item_id, from_on),
  constraint assignment_days_ordered check (to_on is null or to_on >= from_on)
);
select platform.distribute('charging.assignment');
-- A unit pays a fee item by one open-ended assignment at most; the use-case, which locks the fee
-- item, keeps the ended ones from overlapping.
create unique index assignment_open_key on charging.assignment (company_id, unit_id, fee_item_id)
  where to_on is null;
-- The assignments of a community, for a bill run and the list.
create index assignment_community_idx on charging.assignment (company_id, community_id, id);
-- The units of a fee item, for its list and count.
create index assignment_fee_item_idx on charging.assignment (company_id, fee_item_id, id);

create view charging.pub_fee_item with (security_invoker = true) as
  select company_id, id, name, category, priority, state from charging.fee_item;
create view charging.pub_tariff with (security_invoker = true) as
  select company_id, id, fee_item_id, name, version, basis, area_basis, price, surcharge,
    period_months, anchor_month, rounding_mode, rounding_unit, rounding_point, due_day,
    effective_from, effective_to
  from charging.tariff;
create view charging.pub_assignment with (security_invoker = true) as
  select company_id, id, community_id, unit_id, fee_item_id, tariff_name, from_on, to_on
  from charging.assignment;
grant select on charging.pub_fee_item, charging.pub_tariff, charging.pub_assignment
  to wuye_app, wuye_jobs;

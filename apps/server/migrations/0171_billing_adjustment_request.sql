-- Changes of single bills by staff: asked for, decided, done. Locks billing.adjustment for a moment.
alter table billing.adjustment drop constraint adjustment_kind_known;
-- `waived`: let off; `corrected`: was charged too much; `voided`: what was open on a bill that
-- should not have been. Their source is the request.
alter table billing.adjustment add constraint adjustment_kind_listed check (
  kind in ('reopened', 'reduced', 'waived', 'corrected', 'voided'));

-- What somebody asks to take off a bill. Small ones are applied at once by who asks; from the
-- limit on another person decides, which the database holds to.
create table billing.adjustment_request (
  company_id uuid not null,
  id uuid not null,
  bill_id uuid not null,
  kind text not null,
  state text not null default 'requested',
  amount_fen bigint not null,
  reason text not null,
  requested_by_id uuid not null,
  requested_by text not null,
  requested_at timestamptz not null,
  decided_by_id uuid,
  decided_by text,
  decided_at timestamptz,
  decision_note text,
  constraint adjustment_request_pkey primary key (company_id, id),
  constraint adjustment_request_bill_fkey foreign key (company_id, bill_id) references billing.bill (company_id, id),
  constraint adjustment_request_kind_known check (kind in ('waiver', 'correction', 'void')),
  constraint adjustment_request_state_known check (
    state in ('requested', 'applied', 'rejected', 'cancelled')),
  constraint adjustment_request_amount_positive check (amount_fen > 0),
  constraint adjustment_request_decided_when check (
    (state = 'requested') = (decided_at is null)),
  constraint adjustment_request_two_people check (decided_by_id <> requested_by_id)
);
select platform.distribute('billing.adjustment_request');
create index adjustment_request_list_idx on billing.adjustment_request (company_id, state, id);
create index adjustment_request_bill_idx on billing.adjustment_request (company_id, bill_id);
-- One question about a bill at a time.
create unique index adjustment_request_open_key on billing.adjustment_request (company_id, bill_id)
  where state = 'requested';

-- What somebody took off bills on a day alone; many small amounts count as one large. The id
-- follows from person and day.
create table billing.adjustment_day (
  company_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  day date not null,
  taken_fen bigint not null,
  constraint adjustment_day_pkey primary key (company_id, id),
  constraint adjustment_day_not_negative check (taken_fen >= 0)
);
select platform.distribute('billing.adjustment_day');

-- One row a company; `id` is the company's. No row: the defaults.
create table billing.setting (
  company_id uuid not null,
  id uuid not null,
  two_people_from_fen bigint not null,
  updated_at timestamptz not null,
  constraint setting_pkey primary key (company_id, id),
  constraint setting_limit_not_negative check (two_people_from_fen >= 0)
);
select platform.distribute('billing.setting');

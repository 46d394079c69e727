-- Payments, their attempts at the channels, the proofs that come back, and surplus money.
-- Locks nothing: new tables.
create schema payment;
grant usage on schema payment to wuye_app, wuye_jobs;

create table payment.payment (
  company_id uuid not null,
  id uuid not null,
  community_id uuid not null,
  unit_id uuid not null,
  state text not null default 'open',
  source text not null,
  channel text not null,
  merchant_account_id uuid,
  payer_key text not null,
  amount_fen bigint not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  paid_at timestamptz,
  closed_at timestamptz,
  close_reason text,
  constraint payment_pkey primary key (company_id, id),
  constraint payment_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint payment_state_known check (state in ('open', 'paid', 'closed')),
  constraint payment_source_known check (source in ('cashier', 'desk')),
  constraint payment_amount_positive check (amount_fen > 0),
  constraint payment_paid_when check ((state = 'paid') = (paid_at is not null)),
  constraint payment_closed_when check ((state = 'closed') = (closed_at is not null))
);
select platform.distribute('payment.payment');
-- Payments newest first, for the console; ids are time-ordered.
create index payment_unit_idx on payment.payment (company_id, unit_id, id);
-- Open payments whose time is over, for the sweep across companies.
create index payment_expiry_idx on payment.payment (expires_at) where state = 'open';

-- What the payer intends to settle, frozen.
create table payment.allocation (
  company_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  bill_id uuid not null,
  fee_item_id uuid not null,
  amount_fen bigint not null,
  settled_fen bigint not null default 0,
  constraint allocation_pkey primary key (company_id, id),
  constraint allocation_payment_fkey foreign key (company_id, payment_id) references payment.payment (company_id, id),
  constraint allocation_bill_fkey foreign key (company_id, bill_id) references billing.bill (company_id, id),
  constraint allocation_once_key unique (company_id, payment_id, bill_id),
  constraint allocation_amount_positive check (amount_fen > 0),
  constraint allocation_settled_within check (settled_fen between 0 and amount_fen)
);
select platform.distribute('payment.allocation');
create index allocation_bill_idx on payment.allocation (company_id, bill_id);

-- One order at the channel. `order_no` carries the company's short code.
create table payment.attempt (
  company_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  order_no text not null,
  channel text not null,
  product text not null,
  merchant_account_id uuid not null,
  state text not null default 'requested',
  amount_fen bigint not null,
  payer_open_id text,
  instructions jsonb,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  next_check_at timestamptz,
  checks integer not null default 0,
  ended_at timestamptz,
  end_reason text,
  channel_trade_no text,
  constraint attempt_pkey primary key (company_id, id),
  constraint attempt_payment_fkey foreign key (company_id, payment_id) references payment.payment (company_id, id),
  constraint attempt_order_no_key unique (company_id, order_no),
  constraint attempt_state_known check (state in ('requested', 'pending', 'paid', 'closed', 'failed')),
  constraint attempt_order_no_form check (order_no ~ '^[0-9a-zA-Z]{6,32}$')
);
select platform.distribute('payment.attempt');
create index attempt_payment_idx on payment.attempt (company_id, payment_id);
-- Attempts to ask the channel about, for the sweep across companies.
create index attempt_check_idx on payment.attempt (next_check_at)
  where state in ('requested', 'pending');

-- Evidence of what a channel, a query or the desk said, stored before it is interpreted.
create table payment.proof (
  company_id uuid not null,
  day date not null,
  id uuid not null,
  source text not null,
  channel text not null,
  merchant_account_id uuid,
  order_no text not null,
  trade_no text,
  amount_fen bigint not null,
  headers jsonb,
  body text,
  received_at timestamptz not null,
  constraint proof_pkey primary key (company_id, day, id),
  constraint proof_source_known check (source in ('notification', 'query', 'desk', 'statement'))
) partition by range (day);
select platform.distribute('payment.proof');
select platform.append_only('payment.proof');
select platform.create_year('payment.proof', 2025);
select platform.create_year('payment.proof', 2026);
select platform.create_year('payment.proof', 2027);
select platform.create_year('payment.proof', 2028);
create index proof_order_idx on payment.proof (company_id, order_no, day);

-- A trade of a channel is booked once: the key is channel, merchant account and trade number.
create table payment.proof_key (
  company_id uuid not null,
  id uuid not null,
  key text not null,
  outcome text not null,
  payment_id uuid,
  surplus_id uuid,
  booked_at timestamptz not null,
  constraint proof_key_pkey primary key (company_id, id),
  constraint proof_key_key unique (company_id, key),
  constraint proof_key_outcome_known check (outcome in ('settled', 'surplus', 'split'))
);
select platform.distribute('payment.proof_key');
select platform.append_only('payment.proof_key');

-- Money that fits nowhere, in the suspense account with an open case until it is resolved.
create table payment.surplus (
  company_id uuid not null,
  id uuid not null,
  case_no text not null,
  reason text not null,
  state text not null default 'open',
  amount_fen bigint not null,
  channel text not null,
  merchant_account_id uuid,
  order_no text not null,
  trade_no text,
  payment_id uuid,
  attempt_id uuid,
  opened_at timestamptz not null,
  detail jsonb not null default '{}',
  constraint surplus_pkey primary key (company_id, id),
  constraint surplus_case_no_key unique (company_id, case_no),
  constraint surplus_amount_positive check (amount_fen > 0),
  constraint surplus_state_known check (state in ('open', 'resolved')),
  constraint surplus_reason_known check (
    reason in ('other-amount', 'second-payment', 'closed-payment', 'unknown-order', 'bill-not-payable'))
);
select platform.distribute('payment.surplus');
create index surplus_open_idx on payment.surplus (company_id, id) where state = 'open';

-- Every state an attempt or payment entered, with who and why.
create table payment.state_change (
  company_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  attempt_id uuid,
  from_state text,
  to_state text not null,
  reason text not null,
  actor text not null,
  at timestamptz not null,
  constraint state_change_pkey primary key (company_id, id),
  constraint state_change_payment_fkey foreign key (company_id, payment_id) references payment.payment (company_id, id)
);
select platform.distribute('payment.state_change');
select platform.append_only('payment.state_change');
create index state_change_payment_idx on payment.state_change (company_id, payment_id);

-- Payments, their attempts at the channels, the proofs that come back, and surplus money.
-- Locks nothing: new tables.
create schema payment;
grant usage on schema payment to wuye_app, wuye_jobs;

-- What a payer intends. `payer_key` tells payers apart: a hash of the wallet's id, or the desk.
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
  constraint payment_closed_when check ((state = 'closed') = (closed_at is not null)),
  constraint payment_close_reason_known check ((state = 'closed') = (close_reason is not null)
    and close_reason in ('expired', 'taken-over', 'channel-closed', 'other-amount'))
);
select platform.distribute('payment.payment');
-- The payments of a unit, newest first.
create index payment_unit_idx on payment.payment (company_id, unit_id, id);
-- What was collected on a day.
create index payment_paid_idx on payment.payment (company_id, paid_at) where state = 'paid';
-- Payments in progress.
create index payment_open_idx on payment.payment (company_id, id) where state = 'open';

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

-- One order at the channel. `order_no` carries the company's short code and is never reused; all
-- that the order says is kept, because the same order may have to be placed again word for word.
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
  description text not null,
  payer_open_id text,
  instructions jsonb,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  next_check_at timestamptz,
  checks integer not null default 0,
  claim_token uuid,
  claimed_until timestamptz,
  ended_at timestamptz,
  end_reason text,
  channel_trade_no text,
  constraint attempt_pkey primary key (company_id, id),
  constraint attempt_payment_fkey foreign key (company_id, payment_id) references payment.payment (company_id, id),
  constraint attempt_order_no_key unique (company_id, order_no),
  constraint attempt_state_known check (state in ('requested', 'pending', 'paid', 'closed', 'failed')),
  constraint attempt_ended_when check ((state in ('requested', 'pending')) = (ended_at is null)),
  constraint attempt_checked_while_open check ((ended_at is null) = (next_check_at is not null)),
  constraint attempt_order_no_form check (order_no ~ '^[0-9a-zA-Z]{6,32}$')
);
select platform.distribute('payment.attempt');
create index attempt_payment_idx on payment.attempt (company_id, payment_id);
-- Attempts to ask the channel about, for the sweep across companies.
create index attempt_check_idx on payment.attempt (next_check_at)
  where state in ('requested', 'pending');

-- Evidence of what a channel, a query or the desk said, stored before it is interpreted. The id
-- follows from the evidence, so a message that is sent a thousand times a day is stored once.
-- `key_id` is the proof_key under which it is booked.
create table payment.proof (
  company_id uuid not null,
  day date not null,
  id uuid not null,
  source text not null,
  channel text not null,
  merchant_account_id uuid,
  order_no text not null,
  trade_no text not null,
  key_id uuid not null,
  amount_fen bigint not null,
  currency text not null,
  paid_at timestamptz not null,
  body text,
  received_at timestamptz not null,
  constraint proof_pkey primary key (company_id, day, id),
  constraint proof_amount_positive check (amount_fen > 0),
  constraint proof_source_known check (source in ('notification', 'query', 'desk', 'statement'))
) partition by range (day);
select platform.distribute('payment.proof');
select platform.append_only('payment.proof');
select platform.create_year('payment.proof', 2025);
select platform.create_year('payment.proof', 2026);
select platform.create_year('payment.proof', 2027);
select platform.create_year('payment.proof', 2028);
create index proof_order_idx on payment.proof (company_id, order_no, day);

-- Proofs that are stored and not booked yet: written with the proof, deleted by the booking. It
-- is nearly empty, so the sweep reads it whole; what a crash left behind is found here. A doubtful
-- one is booked, but names another amount than the order or than another message did: it stays
-- until the channel has been asked.
create table payment.unbooked_proof (
  company_id uuid not null,
  id uuid not null,
  day date not null,
  due_at timestamptz not null,
  tries integer not null default 0,
  is_doubtful boolean not null default false,
  last_error text,
  constraint unbooked_proof_pkey primary key (company_id, id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
select platform.distribute('payment.unbooked_proof');

-- A trade of a channel is booked once. The id follows from the key (channel, merchant account
-- and trade number), so the primary key is the exactly-once key.
create table payment.proof_key (
  company_id uuid not null,
  id uuid not null,
  key text not null,
  outcome text not null,
  amount_fen bigint not null,
  payment_id uuid,
  surplus_id uuid,
  booked_at timestamptz not null,
  constraint proof_key_pkey primary key (company_id, id),
  constraint proof_key_outcome_known check (outcome in ('settled', 'surplus', 'split')),
  constraint proof_key_somewhere check (payment_id is not null or surplus_id is not null)
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
  resolved_at timestamptz,
  resolution text,
  constraint surplus_pkey primary key (company_id, id),
  constraint surplus_case_no_key unique (company_id, case_no),
  constraint surplus_amount_positive check (amount_fen > 0),
  constraint surplus_state_known check (state in ('open', 'resolved')),
  constraint surplus_resolved_when check (
    (state = 'resolved') = (resolved_at is not null) and (state = 'resolved') = (resolution is not null)),
  constraint surplus_reason_known check (reason in ('other-amount', 'second-payment',
    'closed-payment', 'unknown-order', 'other-merchant', 'bill-not-payable'))
);
select platform.distribute('payment.surplus');
create index surplus_open_idx on payment.surplus (company_id, id) where state = 'open';
create index surplus_payment_idx on payment.surplus (company_id, payment_id)
  where payment_id is not null;

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

-- Tries to take bills over from another payer, counted so that nobody keeps a neighbour from paying.
create table payment.takeover (
  company_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  payer_key text not null,
  at timestamptz not null,
  constraint takeover_pkey primary key (company_id, id)
);
select platform.distribute('payment.takeover');
select platform.append_only('payment.takeover');
create index takeover_payer_idx on payment.takeover (company_id, payer_key, at);

-- What later modules may read: receipts, reconciliation, reports.
create view payment.pub_payment with (security_invoker = true) as
  select company_id, id, community_id, unit_id, state, source, channel, merchant_account_id,
    amount_fen, created_at, paid_at, closed_at
  from payment.payment;
create view payment.pub_allocation with (security_invoker = true) as
  select company_id, id, payment_id, bill_id, fee_item_id, amount_fen, settled_fen
  from payment.allocation;
grant select on payment.pub_payment, payment.pub_allocation to wuye_app, wuye_jobs;

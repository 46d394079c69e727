-- Refunds: what is to be given back of a payment or of a case, the orders to the channel that do
-- it, the proofs that come back, and their exactly-once keys. Locks payment.allocation for a
-- moment: columns with constant defaults.

-- What of a settled line is promised to refunds, and what went back. Whoever changes it holds the
-- payment's lock; the database says that nobody is given back more than was settled.
alter table payment.allocation
  add column refund_reserved_fen bigint not null default 0,
  add column refunded_fen bigint not null default 0;
alter table payment.allocation
  add constraint allocation_refund_not_negative check (refund_reserved_fen >= 0 and refunded_fen >= 0);
alter table payment.allocation
  add constraint allocation_refund_within
  check (refund_reserved_fen + refunded_fen <= settled_fen);

-- `kind`: of lines of a payment, or of a case's money; `adopted`: the money went back already
-- without us, the out-case `adopted_case_id` says so, and approval books what it was for.
-- What the channel needs to find the order is kept with it: each retry says the same words.
-- `content_sha256` seals what was asked for; it is checked on approval and before money moves.
create table payment.refund (
  company_id uuid not null,
  id uuid not null,
  refund_name text not null,
  kind text not null,
  payment_id uuid,
  case_id uuid,
  adopted_case_id uuid,
  policy_id uuid,
  community_id uuid,
  unit_id uuid,
  state text not null default 'requested',
  amount_fen bigint not null,
  bill_effect text,
  reason text not null,
  channel text not null,
  merchant_account_id uuid,
  order_no text not null,
  trade_no text not null,
  product text not null,
  order_amount_fen bigint not null,
  order_requested_at timestamptz not null,
  paid_at timestamptz not null,
  content_sha256 bytea not null,
  requested_by_id uuid,
  requested_by text not null,
  requested_at timestamptz not null,
  decided_by_id uuid,
  decided_by text,
  decided_at timestamptz,
  ended_at timestamptz,
  refunded_at timestamptz,
  voucher_no text,
  payee_name text,
  payout_note text,
  constraint refund_pkey primary key (company_id, id),
  constraint refund_name_key unique (company_id, refund_name),
  constraint refund_payment_fkey foreign key (company_id, payment_id) references payment.payment (company_id, id),
  constraint refund_kind_known check (kind in ('payment', 'case', 'adopted')),
  constraint refund_subject_known check (case kind
    when 'payment' then payment_id is not null and case_id is null and adopted_case_id is null
    when 'case' then case_id is not null and adopted_case_id is null
    else adopted_case_id is not null and (payment_id is not null or case_id is not null) end),
  constraint refund_state_known check (state in ('requested', 'approved', 'processing', 'refused',
    'failed', 'refunded', 'returned', 'rejected', 'cancelled')),
  constraint refund_amount_positive check (amount_fen > 0),
  constraint refund_effect_known check (
    (bill_effect is not null) = (case_id is null) and bill_effect in ('reopen', 'close')),
  constraint refund_two_people check (decided_by_id <> requested_by_id),
  constraint refund_maker_known check (requested_by_id is not null or policy_id is not null),
  constraint refund_approved_by check (state in ('requested', 'cancelled') or decided_at is not null),
  constraint refund_ended_when check (
    (state in ('refunded', 'returned', 'rejected', 'cancelled')) = (ended_at is not null)),
  constraint refund_refunded_when check (
    (state in ('refunded', 'returned')) = (refunded_at is not null)),
  constraint refund_voucher_whole check ((voucher_no is null) = (payee_name is null))
);
select platform.distribute('payment.refund');
-- A cash voucher is used once.
create unique index refund_voucher_key on payment.refund (company_id, voucher_no)
  where voucher_no is not null;
create index refund_payment_idx on payment.refund (company_id, payment_id, id)
  where payment_id is not null;
-- What waits for somebody, and what is under way.
create index refund_open_idx on payment.refund (company_id, state, id)
  where state in ('requested', 'approved', 'processing', 'refused', 'failed');

-- What of which bill; never changed, so what was approved is what is done.
create table payment.refund_line (
  company_id uuid not null,
  id uuid not null,
  refund_id uuid not null,
  allocation_id uuid not null,
  bill_id uuid not null,
  amount_fen bigint not null,
  constraint refund_line_pkey primary key (company_id, id),
  constraint refund_line_refund_fkey foreign key (company_id, refund_id) references payment.refund (company_id, id),
  constraint refund_line_allocation_fkey foreign key (company_id, allocation_id) references payment.allocation (company_id, id),
  constraint refund_line_once_key unique (company_id, refund_id, allocation_id),
  constraint refund_line_amount_positive check (amount_fen > 0)
);
select platform.distribute('payment.refund_line');
select platform.append_only('payment.refund_line');
create index refund_line_bill_idx on payment.refund_line (company_id, bill_id);

-- One refund number at the channel. `requested`: the channel has not said that it took it;
-- `pending`: it has, and the result is to come. `refused`: a clear no, the same number may be sent
-- again; `failed`: this number moved nothing for good.
create table payment.refund_attempt (
  company_id uuid not null,
  id uuid not null,
  refund_id uuid not null,
  refund_no text not null,
  state text not null default 'requested',
  requested_at timestamptz not null,
  sends integer not null default 0,
  sent_at timestamptz,
  checks integer not null default 0,
  next_check_at timestamptz,
  claim_token uuid,
  claimed_until timestamptz,
  last_answer text,
  last_answer_at timestamptz,
  ended_at timestamptz,
  code text,
  message text,
  channel_refund_no text,
  constraint refund_attempt_pkey primary key (company_id, id),
  constraint refund_attempt_refund_fkey foreign key (company_id, refund_id) references payment.refund (company_id, id),
  constraint refund_attempt_no_key unique (company_id, refund_no),
  constraint refund_attempt_no_form check (refund_no ~ '^[0-9a-zA-Z]{6,32}$'),
  constraint refund_attempt_state_known check (
    state in ('requested', 'pending', 'refused', 'failed', 'refunded', 'returned')),
  constraint refund_attempt_ended_when check ((state in ('requested', 'pending')) = (ended_at is null)),
  constraint refund_attempt_checked_while_open check ((ended_at is null) = (next_check_at is not null))
);
select platform.distribute('payment.refund_attempt');
-- One number at a time: the next one only after the last has ended.
create unique index refund_attempt_live_key on payment.refund_attempt (company_id, refund_id)
  where state in ('requested', 'pending');
create index refund_attempt_refund_idx on payment.refund_attempt (company_id, refund_id);
-- Refund numbers to ask about, for the sweep across companies.
create index refund_attempt_check_idx on payment.refund_attempt (next_check_at)
  where state in ('requested', 'pending');

-- Evidence of money given back, stored before it is interpreted; as payment.proof.
create table payment.refund_proof (
  company_id uuid not null,
  day date not null,
  id uuid not null,
  source text not null,
  channel text not null,
  merchant_account_id uuid,
  order_no text not null,
  refund_no text not null,
  channel_refund_no text not null,
  key_id uuid not null,
  amount_fen bigint not null,
  refunded_at timestamptz not null,
  body text,
  received_at timestamptz not null,
  constraint refund_proof_pkey primary key (company_id, day, id),
  constraint refund_proof_amount_positive check (amount_fen > 0),
  constraint refund_proof_source_known check (
    source in ('answer', 'notification', 'query', 'desk', 'statement'))
) partition by range (day);
select platform.distribute('payment.refund_proof');
select platform.append_only('payment.refund_proof');
select platform.create_year('payment.refund_proof', 2025);
select platform.create_year('payment.refund_proof', 2026);
select platform.create_year('payment.refund_proof', 2027);
select platform.create_year('payment.refund_proof', 2028);
create index refund_proof_no_idx on payment.refund_proof (company_id, refund_no, day);

-- Refund proofs that are stored and not booked yet; as payment.unbooked_proof.
create table payment.unbooked_refund_proof (
  company_id uuid not null,
  id uuid not null,
  day date not null,
  due_at timestamptz not null,
  tries integer not null default 0,
  last_error text,
  constraint unbooked_refund_proof_pkey primary key (company_id, id)
);
select platform.distribute('payment.unbooked_refund_proof');

-- A refund number is booked once; `returned` is a second fact of the same number, with a key of
-- its own: the money came back to us. `amount_fen` is what moved, without a sign.
create table payment.refund_key (
  company_id uuid not null,
  id uuid not null,
  key text not null,
  outcome text not null,
  amount_fen bigint not null,
  refund_id uuid,
  case_id uuid,
  booked_at timestamptz not null,
  constraint refund_key_pkey primary key (company_id, id),
  constraint refund_key_outcome_known check (outcome in ('refunded', 'unasked', 'returned')),
  constraint refund_key_amount_positive check (amount_fen > 0),
  constraint refund_key_somewhere check (refund_id is not null or case_id is not null)
);
select platform.distribute('payment.refund_key');
select platform.append_only('payment.refund_key');

-- Every state a refund or one of its numbers entered, with who and why.
create table payment.refund_change (
  company_id uuid not null,
  id uuid not null,
  refund_id uuid not null,
  attempt_id uuid,
  from_state text,
  to_state text not null,
  reason text not null,
  note text,
  actor text not null,
  at timestamptz not null,
  constraint refund_change_pkey primary key (company_id, id),
  constraint refund_change_refund_fkey foreign key (company_id, refund_id) references payment.refund (company_id, id)
);
select platform.distribute('payment.refund_change');
select platform.append_only('payment.refund_change');
create index refund_change_refund_idx on payment.refund_change (company_id, refund_id);

create view payment.pub_refund with (security_invoker = true) as
  select company_id, id, refund_name, kind, payment_id, case_id, community_id, unit_id, state,
    amount_fen, bill_effect, channel, merchant_account_id, requested_at, refunded_at
  from payment.refund;
create view payment.pub_refund_line with (security_invoker = true) as
  select company_id, id, refund_id, allocation_id, bill_id, amount_fen from payment.refund_line;
grant select on payment.pub_refund, payment.pub_refund_line to wuye_app, wuye_jobs;
create or replace view payment.pub_allocation with (security_invoker = true) as
  select company_id, id, payment_id, bill_id, fee_item_id, amount_fen, settled_fen, refunded_fen
  from payment.allocation;

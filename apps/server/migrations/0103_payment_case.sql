-- Cases that are resolved in part, cases of money that left us unasked, and how cases are resolved:
-- by settling bills, or by a standing policy of two people.
-- Locks payment.surplus and payment.payment for a moment: columns with constant defaults, and
-- constraints over few rows.

-- `direction` out: money left us that we did not ask for; it is debited to suspense until somebody
-- says what it was for. `reserved_by`: the one refund or settlement that is under way.
alter table payment.surplus
  add column direction text not null default 'in',
  add column resolved_fen bigint not null default 0,
  add column reserved_by uuid,
  add column refund_no text;
update payment.surplus set resolved_fen = amount_fen where state = 'resolved';
alter table payment.surplus
  add constraint surplus_direction_known check (direction in ('in', 'out'));
alter table payment.surplus
  add constraint surplus_resolved_within check (
    resolved_fen between 0 and amount_fen and (state = 'resolved') = (resolved_fen = amount_fen));
alter table payment.surplus
  add constraint surplus_reserved_while_open check (reserved_by is null or state = 'open');
alter table payment.surplus drop constraint surplus_reason_known;
alter table payment.surplus
  add constraint surplus_reason_valid check (reason in ('other-amount', 'second-payment',
    'closed-payment', 'unknown-order', 'other-merchant', 'bill-not-payable', 'refund-returned',
    'refund-unasked', 'refund-other-amount'));

-- Bills that were settled with the money of a case: a payment like any other, so that receipts and
-- refunds know it.
alter table payment.payment add column case_id uuid;
alter table payment.payment drop constraint payment_source_known;
alter table payment.payment
  add constraint payment_source_valid check (source in ('cashier', 'desk', 'suspense'));

-- A proposal to settle open bills of a unit with the money of a case: maker and checker.
create table payment.case_settlement (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  unit_id uuid not null,
  state text not null default 'requested',
  amount_fen bigint not null,
  note text not null,
  payment_id uuid,
  requested_by_id uuid not null,
  requested_by text not null,
  requested_at timestamptz not null,
  decided_by_id uuid,
  decided_by text,
  decided_at timestamptz,
  decision_note text,
  constraint case_settlement_pkey primary key (company_id, id),
  constraint case_settlement_case_fkey foreign key (company_id, case_id) references payment.surplus (company_id, id),
  constraint case_settlement_state_known check (
    state in ('requested', 'settled', 'rejected', 'cancelled')),
  constraint case_settlement_two_people check (
    state = 'cancelled' or decided_by_id <> requested_by_id),
  constraint case_settlement_decided_when check ((state = 'requested') = (decided_at is null)),
  constraint case_settlement_paid_when check ((state = 'settled') = (payment_id is not null)),
  constraint case_settlement_amount_positive check (amount_fen > 0)
);
select platform.distribute('payment.case_settlement');
create index case_settlement_case_idx on payment.case_settlement (company_id, case_id);
create index case_settlement_open_idx on payment.case_settlement (company_id, id)
  where state = 'requested';

create table payment.case_settlement_line (
  company_id uuid not null,
  id uuid not null,
  settlement_id uuid not null,
  bill_id uuid not null,
  amount_fen bigint not null,
  constraint case_settlement_line_pkey primary key (company_id, id),
  constraint case_settlement_line_fkey foreign key (company_id, settlement_id) references payment.case_settlement (company_id, id),
  constraint case_settlement_line_once_key unique (company_id, settlement_id, bill_id),
  constraint case_settlement_line_amount_positive check (amount_fen > 0)
);
select platform.distribute('payment.case_settlement_line');
select platform.append_only('payment.case_settlement_line');

-- The standing order to refund exact duplicates and late payments without asking each time.
create table payment.refund_policy (
  company_id uuid not null,
  id uuid not null,
  state text not null default 'proposed',
  second_payment boolean not null,
  closed_payment boolean not null,
  most_fen bigint not null,
  reason text not null,
  proposed_by_id uuid not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  decided_by_id uuid,
  decided_by text,
  decided_at timestamptz,
  ended_by text,
  ended_at timestamptz,
  constraint refund_policy_pkey primary key (company_id, id),
  constraint refund_policy_state_known check (state in ('proposed', 'active', 'rejected', 'ended')),
  constraint refund_policy_two_people check (decided_by_id <> proposed_by_id),
  constraint refund_policy_decided_when check (state in ('proposed', 'ended') or decided_at is not null),
  constraint refund_policy_ended_when check ((state = 'ended') = (ended_at is not null)),
  constraint refund_policy_something check (second_payment or closed_payment),
  constraint refund_policy_most_positive check (most_fen > 0)
);
select platform.distribute('payment.refund_policy');
create unique index refund_policy_active_key on payment.refund_policy (company_id)
  where state = 'active';
create unique index refund_policy_proposed_key on payment.refund_policy (company_id)
  where state = 'proposed';

-- A case's money goes back once: a second refund of it only after the first was given up.
create unique index refund_case_key on payment.refund (company_id, case_id)
  where case_id is not null and state not in ('rejected', 'cancelled');

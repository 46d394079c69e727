-- Payments of several homes, and payments that put money ahead. Locks payment.payment and
-- payment.refund for a moment: columns with constant defaults, and checks.

-- What of a payment is paid ahead for its unit, what of that is promised to refunds, and what went
-- back. The rest settles bills.
alter table payment.payment
  add column top_up_fen bigint not null default 0,
  add column top_up_reserved_fen bigint not null default 0,
  add column top_up_refunded_fen bigint not null default 0;
alter table payment.payment
  add constraint payment_top_up_within check (top_up_fen between 0 and amount_fen);
alter table payment.payment
  add constraint payment_top_up_refund_within check (top_up_reserved_fen >= 0
    and top_up_refunded_fen >= 0 and top_up_reserved_fen + top_up_refunded_fen <= top_up_fen);
-- Given back out of the balance, besides the lines.
alter table payment.refund add column top_up_fen bigint not null default 0;
alter table payment.refund
  add constraint refund_top_up_within check (top_up_fen between 0 and amount_fen);

-- Homes of a payment besides the one that it is filed under; most have none. The id follows from
-- both.
create table payment.further_unit (
  company_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  unit_id uuid not null,
  community_id uuid not null,
  constraint further_unit_pkey primary key (company_id, id),
  constraint further_unit_payment_fkey foreign key (company_id, payment_id) references payment.payment (company_id, id),
  constraint further_unit_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint further_unit_once_key unique (company_id, payment_id, unit_id)
);
select platform.distribute('payment.further_unit');
select platform.append_only('payment.further_unit');
-- The payments of a unit.
create index further_unit_unit_idx on payment.further_unit (company_id, unit_id, payment_id);

create or replace view payment.pub_payment with (security_invoker = true) as
  select company_id, id, community_id, unit_id, state, source, channel, merchant_account_id,
    amount_fen, created_at, paid_at, closed_at, case_id, payer_key, top_up_fen,
    top_up_refunded_fen
  from payment.payment;
-- Every unit of a payment, a row each.
create view payment.pub_payment_unit with (security_invoker = true) as
  select company_id, id as payment_id, unit_id, community_id from payment.payment
  union all
  select company_id, payment_id, unit_id, community_id from payment.further_unit;
grant select on payment.pub_payment_unit to wuye_app, wuye_jobs;

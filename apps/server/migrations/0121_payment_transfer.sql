-- Money that a bank statement reports: a source of payments, and why it may fit nowhere.
-- Locks payment.payment and payment.surplus for a moment: a column without a default, and
-- constraints over few states.
alter table payment.payment drop constraint payment_source_valid;
alter table payment.payment add constraint payment_source_listed check (
  source in ('cashier', 'desk', 'suspense', 'transfer'));
alter table payment.surplus drop constraint surplus_reason_valid;
alter table payment.surplus add constraint surplus_reason_listed check (reason in ('other-amount',
  'second-payment', 'closed-payment', 'unknown-order', 'other-merchant', 'bill-not-payable',
  'refund-returned', 'refund-unasked', 'refund-other-amount', 'unmatched-transfer',
  'transfer-remainder'));
-- The unit that the money names, when no payment does.
alter table payment.surplus add column unit_id uuid;

-- What the bank module shows of the case that holds an entry's money.
create view payment.pub_case with (security_invoker = true) as
  select company_id, id, case_no, reason, state, amount_fen, resolved_fen, reserved_by, channel,
    payment_id, unit_id, opened_at
  from payment.surplus;
grant select on payment.pub_case to wuye_app, wuye_jobs;

-- So that the bank module learns of bills that were settled with the money of an entry's case.
create or replace view payment.pub_payment with (security_invoker = true) as
  select company_id, id, community_id, unit_id, state, source, channel, merchant_account_id,
    amount_fen, created_at, paid_at, closed_at, case_id
  from payment.payment;

-- Who settled bills with the money of a case.
create view payment.pub_case_settlement with (security_invoker = true) as
  select company_id, id, case_id, unit_id, payment_id, amount_fen, requested_by, decided_by,
    decided_at
  from payment.case_settlement where state = 'settled';
grant select on payment.pub_case_settlement to wuye_app, wuye_jobs;

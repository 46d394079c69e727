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

-- Payments made in the resident app and by autopay. Locks payment.payment for a moment.
alter table payment.payment drop constraint payment_source_listed;
alter table payment.payment add constraint payment_source_of check (
  source in ('cashier', 'desk', 'suspense', 'transfer', 'resident', 'autopay'));

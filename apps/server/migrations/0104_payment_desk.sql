-- A payment can end because the channel said a clear no. Locks payment.payment for a moment.
alter table payment.payment drop constraint payment_close_reason_known;
alter table payment.payment add constraint payment_close_reason_listed check (
  (state = 'closed') = (close_reason is not null)
  and close_reason in ('expired', 'taken-over', 'channel-closed', 'other-amount', 'refused'));

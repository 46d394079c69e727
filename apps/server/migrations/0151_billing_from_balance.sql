-- What of a paid bill came out of a prepaid balance: it goes back there when the run is voided.
-- Locks billing.bill for a moment: a column with a constant default, and a check.
alter table billing.bill add column from_balance_fen bigint not null default 0;
alter table billing.bill
  add constraint bill_from_balance_within check (from_balance_fen between 0 and paid_fen);

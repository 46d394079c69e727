-- Where money lies that did not come through a channel: cheques, slips of a card terminal, and the
-- bank. Locks ledger.account for a moment; it has a few rows a community.
alter table ledger.account drop constraint account_kind_known;
alter table ledger.account add constraint account_kind_listed check (
  kind in ('receivable', 'revenue', 'deposit', 'agency', 'channel', 'cash', 'cheque', 'pos', 'bank',
    'suspense'));

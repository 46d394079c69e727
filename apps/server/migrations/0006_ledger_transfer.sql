-- The ledger: accounts, postings (exactly-once keys) and transfers (one row moves one amount from
-- a credit account to a debit account, so the books balance by construction). Locks nothing.
create schema ledger;
grant usage on schema ledger to wuye_app, wuye_jobs;

-- `code` names the account: kind and its keys, such as receivable:<community>:<fee item>.
create table ledger.account (
  company_id uuid not null,
  id uuid not null,
  code text not null,
  kind text not null,
  normal_side text not null,
  created_at timestamptz not null,
  constraint account_pkey primary key (company_id, id),
  constraint account_company_fkey foreign key (company_id) references identity.company (id),
  constraint account_code_key unique (company_id, code),
  constraint account_kind_known check (
    kind in ('receivable', 'revenue', 'deposit', 'agency', 'channel', 'cash', 'suspense')),
  constraint account_side_known check (normal_side in ('debit', 'credit'))
);
select platform.distribute('ledger.account');
select platform.append_only('ledger.account');

-- The business fact behind a group of transfers. Its key makes the fact post once, on any day.
create table ledger.posting (
  company_id uuid not null,
  id uuid not null,
  key text not null,
  kind text not null,
  source_id uuid not null,
  posted_at timestamptz not null,
  constraint posting_pkey primary key (company_id, id),
  constraint posting_key_key unique (company_id, key)
);
select platform.distribute('ledger.posting');
select platform.append_only('ledger.posting');
create index posting_source_idx on ledger.posting (company_id, source_id);

-- Up to which day a company's books are closed; `id` is the company's. A posting that comes later
-- goes to the first open day, so the totals of closed days never change.
create table ledger.book (
  company_id uuid not null,
  id uuid not null,
  closed_through date not null,
  closed_at timestamptz not null,
  constraint book_pkey primary key (company_id, id)
);
select platform.distribute('ledger.book');

-- `day` is the company's day on which the books took the transfer; `posted_at` the instant that
-- the caller gave.
create table ledger.transfer (
  company_id uuid not null,
  day date not null,
  id uuid not null,
  posting_id uuid not null,
  debit_account_id uuid not null,
  credit_account_id uuid not null,
  amount_fen bigint not null,
  posted_at timestamptz not null,
  constraint transfer_pkey primary key (company_id, day, id),
  constraint transfer_posting_fkey foreign key (company_id, posting_id) references ledger.posting (company_id, id),
  constraint transfer_debit_fkey foreign key (company_id, debit_account_id) references ledger.account (company_id, id),
  constraint transfer_credit_fkey foreign key (company_id, credit_account_id) references ledger.account (company_id, id),
  constraint transfer_amount_positive check (amount_fen > 0),
  constraint transfer_two_accounts check (debit_account_id <> credit_account_id)
) partition by range (day);
select platform.distribute('ledger.transfer');
select platform.append_only('ledger.transfer');
select platform.create_year('ledger.transfer', 2025);
select platform.create_year('ledger.transfer', 2026);
select platform.create_year('ledger.transfer', 2027);
select platform.create_year('ledger.transfer', 2028);
create index transfer_posting_idx on ledger.transfer (company_id, posting_id);
create index transfer_day_idx on ledger.transfer using brin (day);

-- What an account took on a closed day, and in all until its end. Only days with movement have a
-- row. It can be deleted and filled again from the transfers.
create table ledger.account_day (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  day date not null,
  debit_fen bigint not null,
  credit_fen bigint not null,
  debit_total_fen bigint not null,
  credit_total_fen bigint not null,
  constraint account_day_pkey primary key (company_id, id),
  constraint account_day_once_key unique (company_id, account_id, day),
  constraint account_day_account_fkey foreign key (company_id, account_id) references ledger.account (company_id, id),
  constraint account_day_not_negative check (debit_fen >= 0 and credit_fen >= 0)
);
select platform.distribute('ledger.account_day');

create view ledger.pub_transfer with (security_invoker = true) as
  select t.company_id, t.day, t.id, p.kind, p.key, p.source_id, d.code as debit_code,
    c.code as credit_code, t.amount_fen, t.posted_at
  from ledger.transfer as t
  join ledger.posting as p on p.company_id = t.company_id and p.id = t.posting_id
  join ledger.account as d on d.company_id = t.company_id and d.id = t.debit_account_id
  join ledger.account as c on c.company_id = t.company_id and c.id = t.credit_account_id;
grant select on ledger.pub_transfer to wuye_app, wuye_jobs;


-- What a seal vouches for: all that a transfer says, in one text that does not depend on settings.
-- Never change it: old seals were made over this text.
create view ledger.pub_sealable with (security_invoker = true) as
  select t.company_id, t.day, t.id, platform.instant_of(t.id) as at,
    jsonb_build_array('transfer/1', t.company_id, t.day, t.id, t.posting_id, p.key, p.kind,
      p.source_id, (extract(epoch from p.posted_at) * 1000000)::bigint, d.code, c.code,
      t.amount_fen, (extract(epoch from t.posted_at) * 1000000)::bigint)::text as content
  from ledger.transfer as t
  left join ledger.posting as p on p.company_id = t.company_id and p.id = t.posting_id
  left join ledger.account as d on d.company_id = t.company_id and d.id = t.debit_account_id
  left join ledger.account as c on c.company_id = t.company_id and c.id = t.credit_account_id;
grant select on ledger.pub_sealable to wuye_app, wuye_jobs;

-- Bank transfer: the company's bank accounts, how units are told apart on a transfer, statements
-- and their entries, and how entries are matched. Locks nothing: new tables.
create schema bank;
grant usage on schema bank to wuye_app, wuye_jobs;

-- Where payers transfer to. The number is encrypted; `number_index` finds an equal one.
create table bank.account (
  company_id uuid not null,
  id uuid not null,
  name text not null,
  holder text not null,
  bank_name text not null,
  branch text not null default '',
  number_cipher bytea not null,
  number_index bytea not null,
  number_masked text not null,
  state text not null default 'active',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint account_pkey primary key (company_id, id),
  constraint account_company_fkey foreign key (company_id) references identity.company (id),
  constraint account_name_key unique (company_id, name),
  constraint account_number_key unique (company_id, number_index),
  constraint account_state_known check (state in ('active', 'closed'))
);
select platform.distribute('bank.account');

-- The communities that pay into an account; the id follows from both.
create table bank.account_community (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  community_id uuid not null,
  constraint account_community_pkey primary key (company_id, id),
  constraint account_community_account_fkey foreign key (company_id, account_id) references bank.account (company_id, id),
  constraint account_community_fkey foreign key (company_id, community_id) references estate.community (company_id, id),
  constraint account_community_once_key unique (company_id, community_id, account_id)
);
select platform.distribute('bank.account_community');

-- What a payer writes into the remark of a transfer. Printed on paper, so it is never changed.
create table bank.reference (
  company_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  reference text not null,
  created_at timestamptz not null,
  constraint reference_pkey primary key (company_id, id),
  constraint reference_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint reference_unit_key unique (company_id, unit_id),
  constraint reference_key unique (company_id, reference),
  constraint reference_form check (reference ~ '^[0-9A-Z]{6,12}$')
);
select platform.distribute('bank.reference');

-- An account number that the bank gave out for one unit (虚拟子账号). It is shown to payers.
create table bank.sub_account (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  unit_id uuid not null,
  number text not null,
  created_at timestamptz not null,
  constraint sub_account_pkey primary key (company_id, id),
  constraint sub_account_account_fkey foreign key (company_id, account_id) references bank.account (company_id, id),
  constraint sub_account_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint sub_account_unit_key unique (company_id, unit_id),
  constraint sub_account_number_key unique (company_id, number)
);
select platform.distribute('bank.sub_account');

-- How the statements of a bank are read; the contract's BankLayoutContent.
create table bank.layout (
  company_id uuid not null,
  id uuid not null,
  name text not null,
  content jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint layout_pkey primary key (company_id, id),
  constraint layout_company_fkey foreign key (company_id) references identity.company (id),
  constraint layout_name_key unique (company_id, name)
);
select platform.distribute('bank.layout');

-- Credits that are no payments, told by words in the counterparty's name or in the remark.
create table bank.rule (
  company_id uuid not null,
  id uuid not null,
  kind text not null,
  place text not null,
  words text not null,
  is_active boolean not null,
  created_at timestamptz not null,
  constraint rule_pkey primary key (company_id, id),
  constraint rule_company_fkey foreign key (company_id) references identity.company (id),
  constraint rule_words_key unique (company_id, place, words),
  constraint rule_kind_known check (kind in ('settlement', 'own-transfer', 'reversal', 'other')),
  constraint rule_place_known check (place in ('counterparty', 'text', 'either'))
);
select platform.distribute('bank.rule');

-- One row a company; `id` is the company's. No row: the defaults.
create table bank.setting (
  company_id uuid not null,
  id uuid not null,
  matches_by_name boolean not null default false,
  two_people_from_fen bigint,
  updated_at timestamptz not null,
  constraint setting_pkey primary key (company_id, id),
  constraint setting_two_people_positive check (two_people_from_fen > 0)
);
select platform.distribute('bank.setting');

-- A statement file. A worker works under a lease; its token fences one that was paused past it.
-- `layout` is the one that it was read by, as it was then.
create table bank.import (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  file_name text not null,
  size_bytes bigint not null,
  sha256 bytea not null,
  format text not null,
  state text not null default 'waiting',
  layout_id uuid,
  layout_name text not null default '',
  layout jsonb,
  preview jsonb not null default '{}',
  totals jsonb,
  balances jsonb not null default '[]',
  first_on date,
  last_on date,
  rows_done bigint not null default 0,
  rows_total bigint,
  percent integer not null default 0,
  failure jsonb,
  actor jsonb not null,
  claim_token uuid,
  claimed_until timestamptz,
  tries integer not null default 0,
  created_at timestamptz not null,
  checked_at timestamptz,
  applied_at timestamptz,
  constraint import_pkey primary key (company_id, id),
  constraint import_account_fkey foreign key (company_id, account_id) references bank.account (company_id, id),
  constraint import_format_known check (format in ('table', 'camt')),
  constraint import_state_known check (state in
    ('waiting', 'checking', 'checked', 'apply-waiting', 'applying', 'applied', 'unreadable'))
);
select platform.distribute('bank.import');
-- Finds companies with work to do.
create index import_due_idx on bank.import (claimed_until)
  where state in ('waiting', 'checking', 'apply-waiting', 'applying');
create index import_sha256_idx on bank.import (company_id, sha256);

-- The uploaded file in pieces, encrypted. It is kept: it is the evidence of every entry.
create table bank.import_chunk (
  company_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  chunk_no integer not null,
  cipher bytea not null,
  constraint import_chunk_pkey primary key (company_id, id),
  constraint import_chunk_import_fkey foreign key (company_id, import_id)
    references bank.import (company_id, id) on delete cascade,
  constraint import_chunk_no_key unique (company_id, import_id, chunk_no)
);
select platform.distribute('bank.import_chunk');

-- What is wrong or doubtful in a row.
create table bank.import_problem (
  company_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  severity text not null,
  row_no integer not null,
  column_name text,
  header text,
  value text,
  reason text not null,
  advice text not null,
  constraint import_problem_pkey primary key (company_id, id),
  constraint import_problem_import_fkey foreign key (company_id, import_id)
    references bank.import (company_id, id) on delete cascade,
  constraint import_problem_severity_known check (severity in ('error', 'warning'))
);
select platform.distribute('bank.import_problem');
create index import_problem_list_idx on bank.import_problem
  (company_id, import_id, severity, row_no, id);

-- A row as it was read, put aside until the import. `entry_id` follows from what makes the entry
-- that entry, so the same one in another file has the same. `sealed` holds names, accounts and the
-- remark in clear, encrypted; `counterparty_index` finds equal accounts or, without one, names.
create table bank.import_row (
  company_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  row_no integer not null,
  entry_id uuid not null,
  booked_on date not null,
  direction text not null,
  amount_fen bigint not null,
  balance_fen bigint,
  is_reversal boolean not null,
  bank_reference text,
  end_to_end_id text,
  sub_account text,
  counterparty_masked text not null,
  counterparty_account_masked text not null,
  counterparty_bank text not null,
  counterparty_index bytea,
  name_index bytea,
  text_shown text not null,
  sealed bytea not null,
  not_payment_kind text,
  verdict text not null default 'new',
  constraint import_row_pkey primary key (company_id, id),
  constraint import_row_import_fkey foreign key (company_id, import_id)
    references bank.import (company_id, id) on delete cascade,
  constraint import_row_direction_known check (direction in ('credit', 'debit')),
  constraint import_row_amount_positive check (amount_fen > 0),
  constraint import_row_verdict_known check (
    verdict in ('new', 'repeat', 'look-alike', 'not-payment', 'debit'))
);
select platform.distribute('bank.import_row');
-- The order in which rows are booked.
create index import_row_next_idx on bank.import_row
  (company_id, import_id, booked_on, row_no, id);
-- Whether an entry is in the file too.
create index import_row_entry_idx on bank.import_row (company_id, import_id, entry_id);

-- An entry of a statement. The row is written in the transaction in which its money lands, and
-- `state` says where; what became of money in suspense since, its case says.
create table bank.entry (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  import_id uuid not null,
  row_no integer not null,
  booked_on date not null,
  direction text not null,
  amount_fen bigint not null,
  balance_fen bigint,
  is_reversal boolean not null,
  bank_reference text,
  end_to_end_id text,
  sub_account text,
  counterparty_masked text not null,
  counterparty_account_masked text not null,
  counterparty_bank text not null,
  counterparty_index bytea,
  name_index bytea,
  text_shown text not null,
  sealed bytea not null,
  state text not null,
  not_payment_kind text,
  unit_id uuid,
  payment_id uuid,
  case_id uuid,
  reasons jsonb not null default '[]',
  imported_at timestamptz not null,
  constraint entry_pkey primary key (company_id, id),
  constraint entry_account_fkey foreign key (company_id, account_id) references bank.account (company_id, id),
  constraint entry_import_fkey foreign key (company_id, import_id) references bank.import (company_id, id),
  constraint entry_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint entry_payment_fkey foreign key (company_id, payment_id) references payment.payment (company_id, id),
  constraint entry_case_fkey foreign key (company_id, case_id) references payment.surplus (company_id, id),
  constraint entry_amount_positive check (amount_fen > 0),
  constraint entry_direction_known check (direction in ('credit', 'debit')),
  -- Every fen that came in is in one place: bills, suspense with a case, or no payment at all.
  constraint entry_state_known check (case state
    when 'matched' then direction = 'credit' and payment_id is not null and case_id is null
    when 'split' then direction = 'credit' and payment_id is not null and case_id is not null
    when 'suspense' then direction = 'credit' and case_id is not null and payment_id is null
    when 'not-payment' then direction = 'credit' and not_payment_kind is not null
      and payment_id is null and case_id is null
    when 'debit' then direction = 'debit' and payment_id is null and case_id is null
    else false end)
);
select platform.distribute('bank.entry');
select platform.append_only('bank.entry');
create index entry_list_idx on bank.entry (company_id, booked_on, id);
-- Entries that a row of another file looks like.
create index entry_like_idx on bank.entry (company_id, booked_on, amount_fen)
  where direction = 'credit';
create index entry_import_idx on bank.entry (company_id, import_id, row_no);
create index entry_suspense_idx on bank.entry (company_id, booked_on, id)
  where state in ('suspense', 'split');
create index entry_unit_idx on bank.entry (company_id, unit_id) where unit_id is not null;
create index entry_case_idx on bank.entry (company_id, case_id) where case_id is not null;
create index entry_name_idx on bank.entry (company_id, name_index) where name_index is not null;
create index entry_counterparty_idx on bank.entry (company_id, counterparty_index)
  where counterparty_index is not null;

-- What was matched by hand, as payment tells of it; the id follows from the payment. With it and
-- with what was matched by itself, a payer's account is known for a unit next time.
create table bank.match (
  company_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  unit_id uuid not null,
  payment_id uuid not null,
  amount_fen bigint not null,
  matched_by text not null,
  matched_at timestamptz not null,
  constraint match_pkey primary key (company_id, id),
  constraint match_entry_fkey foreign key (company_id, entry_id) references bank.entry (company_id, id),
  constraint match_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint match_payment_fkey foreign key (company_id, payment_id) references payment.payment (company_id, id),
  constraint match_amount_positive check (amount_fen > 0)
);
select platform.distribute('bank.match');
select platform.append_only('bank.match');
create index match_entry_idx on bank.match (company_id, entry_id);

create view bank.pub_account with (security_invoker = true) as
  select company_id, id, name, bank_name, number_masked, state from bank.account;
create view bank.pub_entry with (security_invoker = true) as
  select company_id, id, account_id, booked_on, direction, amount_fen, state, not_payment_kind,
    unit_id, payment_id, case_id, imported_at
  from bank.entry;
grant select on bank.pub_account, bank.pub_entry to wuye_app, wuye_jobs;

update identity.role set permissions = permissions || array['bank.read', 'bank.import', 'bank.write']
where name_en in ('Administrator', 'Finance') and not ('bank.import' = any (permissions));
update identity.role set permissions = permissions || array['bank.read']
where name_en in ('Cashier', 'Read only') and not ('bank.read' = any (permissions));

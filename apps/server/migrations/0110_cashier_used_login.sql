-- Login states that came back from a wallet, so that each is good once. Locks nothing: a new table.
create schema cashier;
grant usage on schema cashier to wuye_app, wuye_jobs;

create table cashier.used_login (
  company_id uuid not null,
  id uuid not null,
  used_at timestamptz not null,
  constraint used_login_pkey primary key (company_id, id),
  constraint used_login_company_fkey foreign key (company_id) references identity.company (id)
);
select platform.distribute('cashier.used_login');
-- Expired states are refused by their age, so old rows are deleted.
create index used_login_age_idx on cashier.used_login using brin (used_at);

-- Imports of house lists: the file, what was recognised, and the rows as read, kept apart from the
-- estate until all of them are taken over at once. Locks nothing: new tables.

-- `sheets` holds what was recognised and corrected. A worker works under a lease; its token fences
-- a worker that was paused past the lease. `fees` are neutral rows for the charging module.
create table estate.import (
  company_id uuid not null,
  id uuid not null,
  file_name text not null,
  size_bytes bigint not null,
  sha256 bytea not null,
  state text not null default 'waiting',
  community_name text,
  sheets jsonb not null default '[]',
  mapped boolean not null default false,
  fees jsonb not null default '[]',
  totals jsonb,
  rows_read bigint not null default 0,
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
  constraint import_company_fkey foreign key (company_id) references identity.company (id),
  constraint import_state_known check (state in
    ('waiting', 'checking', 'checked', 'apply-waiting', 'applying', 'applied', 'unreadable'))
);
select platform.distribute('estate.import');
-- Finds companies with work to do.
create index import_due_idx on estate.import (claimed_until)
  where state in ('waiting', 'checking', 'apply-waiting', 'applying');
create index import_sha256_idx on estate.import (company_id, sha256);

-- The uploaded file in pieces, encrypted: it holds personal data.
create table estate.import_chunk (
  company_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  chunk_no integer not null,
  cipher bytea not null,
  constraint import_chunk_pkey primary key (company_id, id),
  constraint import_chunk_import_fkey foreign key (company_id, import_id)
    references estate.import (company_id, id) on delete cascade,
  constraint import_chunk_no_key unique (company_id, import_id, chunk_no)
);
select platform.distribute('estate.import_chunk');

-- One unit of the file. `id` becomes the unit's id if it is new; `unit_id` and `change` say what
-- was found when it was last compared with the estate. null: the file does not say.
create table estate.import_unit (
  company_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  sheet text not null,
  row_no integer not null,
  community text not null,
  building text not null,
  entrance text not null,
  door_no text not null,
  floor text,
  kind text,
  label text not null,
  sort_key text collate "C" not null,
  moved_in_on date,
  built_m2 numeric(12, 4),
  inner_m2 numeric(12, 4),
  chargeable_m2 numeric(12, 4),
  fees jsonb not null default '[]',
  unit_id uuid,
  change text,
  constraint import_unit_pkey primary key (company_id, id),
  constraint import_unit_import_fkey foreign key (company_id, import_id)
    references estate.import (company_id, id) on delete cascade,
  constraint import_unit_change_known check (change in ('new', 'changed', 'unchanged'))
);
select platform.distribute('estate.import_unit');
create index import_unit_import_idx on estate.import_unit (company_id, import_id, sheet, row_no);

-- A building that the file names without a unit in it.
create table estate.import_building (
  company_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  sheet text not null,
  row_no integer not null,
  community text not null,
  name text not null,
  constraint import_building_pkey primary key (company_id, id),
  constraint import_building_import_fkey foreign key (company_id, import_id)
    references estate.import (company_id, id) on delete cascade
);
select platform.distribute('estate.import_building');
create index import_building_import_idx on estate.import_building (company_id, import_id);

-- A person of a unit of the file. Equal `person_key`s are one person.
create table estate.import_person (
  company_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  import_unit_id uuid not null,
  person_key bytea not null,
  role text not null,
  from_on date,
  to_on date,
  name_cipher bytea not null,
  name_index bytea not null,
  name_masked text not null,
  phone_cipher bytea,
  phone_index bytea,
  phone_masked text,
  id_number_cipher bytea,
  id_number_index bytea,
  person_id uuid,
  occupancy_id uuid,
  change text,
  constraint import_person_pkey primary key (company_id, id),
  constraint import_person_import_fkey foreign key (company_id, import_id)
    references estate.import (company_id, id) on delete cascade,
  constraint import_person_role_known check (role in ('owner', 'tenant', 'family')),
  constraint import_person_change_known check (change in ('new', 'changed', 'unchanged'))
);
select platform.distribute('estate.import_person');
create index import_person_unit_idx on estate.import_person (company_id, import_id, import_unit_id);

-- What is wrong or doubtful in a row. Personal data in `value` is masked.
create table estate.import_problem (
  company_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  severity text not null,
  sheet_no integer not null,
  sheet text not null,
  row_no integer not null,
  column_name text,
  header text,
  value text,
  reason text not null,
  advice text not null,
  constraint import_problem_pkey primary key (company_id, id),
  constraint import_problem_import_fkey foreign key (company_id, import_id)
    references estate.import (company_id, id) on delete cascade,
  constraint import_problem_severity_known check (severity in ('error', 'warning'))
);
select platform.distribute('estate.import_problem');
create index import_problem_list_idx on estate.import_problem
  (company_id, import_id, severity, sheet_no, row_no, id);

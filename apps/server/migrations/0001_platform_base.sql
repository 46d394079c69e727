-- The application's roles, and what every module's tables share: kinds of table, row-level
-- security, audit, outbox, idempotency keys, periodic tasks. Locks nothing: the schema is new.
do $$
begin
  if not exists (select from pg_roles where rolname = 'wuye_app') then
    create role wuye_app login nosuperuser nocreatedb nocreaterole nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'wuye_jobs') then
    create role wuye_jobs login nosuperuser nocreatedb nocreaterole bypassrls;
  end if;
end
$$;

grant usage on schema platform to wuye_app, wuye_jobs;

-- The kind of every table, for the test that reads the catalogue.
create table platform.table_kind (
  name text primary key,
  kind text not null,
  append_only boolean not null default false,
  constraint table_kind_known check (kind in ('company', 'directory', 'reference'))
);
grant select on platform.table_kind to wuye_jobs;

-- Declares a company table: its policy, its grants and, on a cluster, its distribution.
create function platform.distribute(target regclass) returns void language plpgsql as $$
begin
  insert into platform.table_kind (name, kind) values (target::text, 'company');
  execute format('alter table %s enable row level security', target);
  execute format(
    'create policy company on %s using (company_id = nullif(current_setting(''app.company_id'', true), '''')::uuid)',
    target);
  execute format('grant select, insert, update, delete on %s to wuye_app, wuye_jobs', target);
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_distributed_table(%L, ''company_id'', colocate_with => ''identity.company'')', target);
  end if;
end
$$;

-- Takes back the right to change or delete rows. Called after distribute.
create function platform.append_only(target regclass) returns void language plpgsql as $$
begin
  execute format('revoke update, delete on %s from wuye_app, wuye_jobs', target);
  update platform.table_kind set append_only = true where name = target::text;
end
$$;

-- Declares a table that is read before the company is known; insert-only but for `mutable`.
create function platform.directory(target regclass, key_column text, mutable boolean default false)
returns void language plpgsql as $$
begin
  insert into platform.table_kind (name, kind) values (target::text, 'directory');
  execute format('grant select, insert on %s to wuye_app, wuye_jobs', target);
  if mutable then
    execute format('grant update, delete on %s to wuye_app, wuye_jobs', target);
  end if;
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_distributed_table(%L, %L)', target, key_column);
  end if;
end
$$;

-- One yearly partition of an append-only table. A daily job calls it ahead of time with the
-- owner's rights, so it refuses what is not a declared table. An existing one costs no lock.
create function platform.create_year(parent regclass, year integer) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  child text := format('%s_%s', parent::text, year);
begin
  if not exists (select from platform.table_kind where name = parent::text) then
    raise exception 'not a declared table: %', parent;
  end if;
  if to_regclass(child) is null then
    execute format('create table %s partition of %s for values from (%L) to (%L)',
      child, parent, make_date(year, 1, 1), make_date(year + 1, 1, 1));
  end if;
end
$$;
revoke execute on function platform.create_year(regclass, integer) from public;
grant execute on function platform.create_year(regclass, integer) to wuye_jobs;

-- Rounds an exact amount in yuan once, to fen; the same rules as packages/money, which a
-- property test keeps equal. Works on the magnitude. One expression and not strict, so that the
-- planner puts it into the statement: a bill run calls it a million times.
create function platform.round_fen(yuan numeric, mode text, unit text) returns bigint
language sql immutable parallel safe as $$
  select (case unit when 'fen' then 1 when 'jiao' then 10 when 'yuan' then 100 end
    * case mode
      when 'half-up' then
        round(yuan * case unit when 'fen' then 100 when 'jiao' then 10 else 1 end)
      when 'down' then
        trunc(yuan * case unit when 'fen' then 100 when 'jiao' then 10 else 1 end)
      when 'up' then sign(yuan)
        * ceil(abs(yuan) * case unit when 'fen' then 100 when 'jiao' then 10 else 1 end)
      -- A half goes to the even neighbour: the doubled half of the amount, rounded.
      when 'half-even' then case
        when mod(abs(yuan) * case unit when 'fen' then 100 when 'jiao' then 10 else 1 end, 2) = 0.5
          then trunc(yuan * case unit when 'fen' then 100 when 'jiao' then 10 else 1 end)
        else round(yuan * case unit when 'fen' then 100 when 'jiao' then 10 else 1 end)
      end
    end)::bigint
$$;

-- A repeatable id from a natural key: time-ordered prefix, hash of the key, UUIDv7 form. One
-- strict expression, so that the planner puts it into the statement.
create function platform.derived_id(millis bigint, natural_key text) returns uuid
language sql immutable strict parallel safe as $$
  select overlay(
    lpad(to_hex(millis), 12, '0') || '7' || left(md5(natural_key), 19) placing '8' from 17
  )::uuid
$$;

-- What a refund did to a bill, and who may ask for and approve refunds.
-- Locks nothing that is read for longer than a moment: a new table, and a handful of rows.

-- `reopened`: paid money went back and is owed again; `reduced`: it went back and the charge is
-- smaller by it. The id follows from the refund and the bill, so a refund does it once.
create table billing.adjustment (
  company_id uuid not null,
  id uuid not null,
  bill_id uuid not null,
  kind text not null,
  amount_fen bigint not null,
  source_id uuid not null,
  at timestamptz not null,
  constraint adjustment_pkey primary key (company_id, id),
  constraint adjustment_bill_fkey foreign key (company_id, bill_id) references billing.bill (company_id, id),
  constraint adjustment_kind_known check (kind in ('reopened', 'reduced')),
  constraint adjustment_amount_positive check (amount_fen > 0)
);
select platform.distribute('billing.adjustment');
select platform.append_only('billing.adjustment');
create index adjustment_bill_idx on billing.adjustment (company_id, bill_id);

-- Companies that began before refunds existed: the built-in roles get what new ones begin with.
update identity.role set permissions = permissions || array['refund.request', 'refund.approve']
where name_en in ('Administrator', 'Finance') and not ('refund.request' = any (permissions));
update identity.role set permissions = permissions || array['refund.request']
where name_en = 'Cashier' and not ('refund.request' = any (permissions));

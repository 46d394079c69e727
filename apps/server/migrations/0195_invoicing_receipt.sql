-- Receipts (收据) of paid payments, each with a code by which anybody who holds one can check it.
-- Locks nothing: a new table.
create schema invoicing;
grant usage on schema invoicing to wuye_app, wuye_jobs;

-- One receipt a payment, made when somebody first asks for it. `facts` is what it says, frozen;
-- what was refunded since is read from the books.
create table invoicing.receipt (
  company_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  receipt_no text not null,
  check_code text not null,
  amount_fen bigint not null,
  facts jsonb not null,
  issued_at timestamptz not null,
  issued_by text not null,
  constraint receipt_pkey primary key (company_id, id),
  constraint receipt_payment_fkey foreign key (company_id, payment_id) references payment.payment (company_id, id),
  constraint receipt_payment_key unique (company_id, payment_id),
  constraint receipt_no_key unique (company_id, receipt_no),
  constraint receipt_check_code_key unique (company_id, check_code),
  constraint receipt_amount_positive check (amount_fen > 0)
);
select platform.distribute('invoicing.receipt');
select platform.append_only('invoicing.receipt');

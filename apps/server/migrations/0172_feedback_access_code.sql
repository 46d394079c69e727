-- The code in the link of a ticket whose opener has no account. Locks feedback.ticket for a moment.
alter table feedback.ticket add column access_code text;
create unique index ticket_access_code_key on feedback.ticket (company_id, access_code)
  where access_code is not null;

-- What a resident paid themselves, also for a home that they have no access to: its printed code
-- was scanned, or the access has ended. Locks payment.payment against writes while it is built.

create index payment_of_resident_idx on payment.payment (company_id, payer_key, id)
  where source in ('resident', 'autopay');

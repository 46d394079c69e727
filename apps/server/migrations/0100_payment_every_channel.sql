-- Orders of every product: what a browser's order says besides, because the same order may have to
-- be placed again word for word. Locks payment.attempt for a moment: a column without a default.

alter table payment.attempt add column device jsonb;

-- Residents act in the app, and what they do stands in the log. Locks platform.audit_entry and its
-- partitions for a moment; the rows of today are checked.
alter table platform.audit_entry drop constraint audit_entry_actor_known;
alter table platform.audit_entry add constraint audit_entry_actor_of check (
  actor_kind in ('staff', 'resident', 'payer', 'system'));

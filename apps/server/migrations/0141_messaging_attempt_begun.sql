-- When the request of an attempt was begun. A worker that dies leaves a batch behind, of which only
-- what was begun is in doubt; the rest was surely never sent. Locks messaging.attempt for a moment.
alter table messaging.attempt add column begun_at timestamptz;

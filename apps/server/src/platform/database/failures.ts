import pg from 'pg';

const retryable = new Set(['40001', '40P01', '55P03']);

/** Deadlock, serialization failure or lock time-out: nothing was written, so run it again. */
export function isRetryable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && retryable.has(error.code ?? '');
}

/** The transaction had failed before: this says nothing of why. */
export function isAftermath(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '25P02';
}

/**
 * The name of the constraint that refused a row, on one PostgreSQL and on a cluster, where it
 * stands in the message only, with the shard's number behind it.
 */
export function violatedConstraint(error: unknown): string | undefined {
  if (!(error instanceof pg.DatabaseError) || !error.code?.startsWith('23')) return undefined;
  const name = error.constraint ?? /constraint "([^"]+)"/.exec(error.message)?.[1];
  return name?.replace(/_\d+$/, '');
}

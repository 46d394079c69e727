import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';
import { sql, type Tx } from './database/index.ts';
import { platformErrors } from './errors.ts';
import { derivedId } from './id.ts';

export interface OnceInput {
  /** The use-case: keys of different verbs do not meet. */
  readonly scope: string;
  /** Made by the client, the same on every retry. */
  readonly key: string;
  /** All that the request asks for; another body under the same key is refused. */
  readonly request: unknown;
}

/**
 * Runs `work` for the first request with a key and returns its stored answer to every repeat.
 * Concurrent twins wait on the unique key: one works, the other gets the answer.
 * @throws IDEMPOTENCY_KEY_REUSED when the key came with another request before
 */
export async function once<Answer>(
  tx: Tx,
  clock: Clock,
  input: OnceInput,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const id = derivedId(tx.companyId, input.scope, input.key);
  const fingerprint = createHash('sha256').update(stableJson(input.request)).digest();
  const inserted = await tx.run(sql`
    insert into platform.idempotency (company_id, id, scope, key, fingerprint, created_at)
    values (${tx.companyId}, ${id}, ${input.scope}, ${input.key}, ${fingerprint}, ${clock.now()})
    on conflict do nothing`); // Of id or key, whichever a concurrent twin entered first.
  if (inserted === 0) return await firstAnswer<Answer>(tx, id, fingerprint);
  const answer = await work();
  await tx.run(sql`
    update platform.idempotency set answer = ${JSON.stringify(answer)}
    where company_id = ${tx.companyId} and id = ${id}`);
  return answer;
}

async function firstAnswer<Answer>(tx: Tx, id: string, fingerprint: Buffer): Promise<Answer> {
  const row = await tx.one(sql<{ fingerprint: Buffer; answer: Answer }>`
    select fingerprint, answer from platform.idempotency
    where company_id = ${tx.companyId} and id = ${id}`);
  if (!row.fingerprint.equals(fingerprint)) throw platformErrors.IDEMPOTENCY_KEY_REUSED();
  return row.answer;
}

/** JSON with sorted keys, so that the same request always has the same text. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : item,
  );
}

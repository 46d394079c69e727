import { timingSafeEqual } from 'node:crypto';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { tryLimit } from '../domain/limits.ts';
import { residentErrors } from '../errors.ts';
import { type CodeOf, type Proved, tryCode, useCode } from '../store/code-store.ts';
import { addressKey, countAttempt } from './count-attempt.ts';
import { codeIndexOf } from './send-code.ts';

export interface CodeTyped extends CodeOf {
  readonly companyId: string;
  readonly code: string;
  readonly ip: string;
}

/**
 * Runs `work` with what a code proves, in one transaction with its use: a code is good once, and
 * stays good when the work fails. The try itself is committed before the digits are compared.
 * @throws CODE_WRONG, also for one that is unknown, old, used or tried too often;
 *   CODE_TRIED_TOO_OFTEN
 */
export async function withCode<Result>(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  typed: CodeTyped,
  work: (tx: Tx, proved: Proved) => Promise<Result>,
): Promise<Result> {
  const { companyId, id, code } = typed;
  const seconds = await countAttempt(deps, companyId, [
    { limit: tryLimit, key: addressKey(typed.ip) },
  ]);
  if (seconds !== undefined) {
    const minutes = Math.ceil(seconds / 60);
    throw residentErrors.CODE_TRIED_TOO_OFTEN({ values: { minutes } });
  }
  const at = deps.clock.now();
  const expected = await deps.db.transaction(companyId, (tx) => tryCode(tx, typed, at));
  const given = codeIndexOf(deps, companyId, id, code);
  if (expected === undefined || !timingSafeEqual(expected, given)) {
    throw residentErrors.CODE_WRONG();
  }
  return await deps.db.transaction(companyId, async (tx) => {
    const proved = await useCode(tx, id, at);
    if (proved === undefined) throw residentErrors.CODE_WRONG();
    return await work(tx, proved);
  });
}

import { randomInt } from 'node:crypto';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { againMs, codeLifeMs, codeLimits } from '../domain/limits.ts';
import { maskEmail, maskMobile } from '../domain/mask.ts';
import type { ResidentDeps } from '../doors.ts';
import { residentErrors } from '../errors.ts';
import { sealed } from '../secrets.ts';
import { type CodeKind, insertCode } from '../store/code-store.ts';
import { addressKey, countAttempt } from './count-attempt.ts';

export interface CodeWanted {
  readonly companyId: string;
  readonly kind: CodeKind;
  /** Phone or address. */
  readonly to: string;
  /** Whose it is to become; null: whoever has the code signs in. */
  readonly accountId: string | null;
  readonly language: 'zh' | 'en';
  readonly ip: string;
}

/**
 * Sends six digits. Whether anybody is known by the phone is not even looked at, so neither the
 * answer nor its time can tell.
 * @throws CODE_TOO_OFTEN, CODE_NOT_SENT
 */
export async function sendCode(deps: ResidentDeps, wanted: CodeWanted) {
  const { companyId, to, kind, ip } = wanted;
  await countOrRefuse(deps, wanted);
  const at = deps.clock.now();
  const codeId = newId(at);
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const expiresAt = new Date(at.getTime() + codeLifeMs);
  const { cipher, index } = sealed(deps.secrets, companyId, kind, to);
  await deps.db.transaction(companyId, (tx) =>
    insertCode(tx, {
      id: codeId,
      kind,
      accountId: wanted.accountId,
      toCipher: cipher,
      toIndex: index,
      toMasked: kind === 'phone' ? maskMobile(to) : maskEmail(to),
      codeIndex: codeIndexOf(deps, companyId, codeId, code),
      createdAt: at,
      expiresAt,
      provedAt: null,
    }),
  );
  const route =
    kind === 'phone'
      ? ({ via: 'sms', to: { kind: 'phone', phone: to } } as const)
      : ({ via: 'email', to: { kind: 'email', address: to } } as const);
  const answer = await deps.doors.sendNow(deps, companyId, {
    id: codeId,
    purpose: 'code',
    subjectId: codeId,
    recipientKey: codeId,
    templateKey: 'code.sign-in',
    dueAt: at,
    expiresAt,
    content: {
      routes: [route],
      variables: { code, minutes: String(codeLifeMs / 60_000) },
      language: wanted.language,
    },
  });
  if (answer.state === 'failed') {
    deps.log.warn({ code: answer.code, kind, ip }, 'a sign-in code was not sent');
    throw residentErrors.CODE_NOT_SENT();
  }
  return {
    codeId,
    expiresInSeconds: codeLifeMs / 1000,
    againInSeconds: againMs / 1000,
  };
}

/** Digits are kept as a keyed hash under the code's own id, so that equal ones look different. */
export function codeIndexOf(
  { secrets }: Pick<Deps, 'secrets'>,
  companyId: Tx['companyId'],
  codeId: string,
  code: string,
): Buffer {
  return secrets.blindIndex(companyId, 'resident.code', `${codeId}/${code}`);
}

/** One limit after the other: what one refused is no message and does not count for the next. */
async function countOrRefuse(deps: ResidentDeps, { companyId, to, ip }: CodeWanted) {
  const address = addressKey(ip);
  const { again, toFromAddress, to: most, addressHour, addressDay } = codeLimits;
  const steps = [
    [{ limit: again, key: `${to}/${address}` }],
    [
      { limit: toFromAddress, key: `${to}/${address}` },
      { limit: addressHour, key: address },
      { limit: addressDay, key: address },
    ],
    [{ limit: most, key: to }],
  ];
  for (const counted of steps) {
    const seconds = await countAttempt(deps, companyId, counted);
    if (seconds !== undefined) {
      throw residentErrors.CODE_TOO_OFTEN({ values: { minutes: Math.ceil(seconds / 60) } });
    }
  }
}

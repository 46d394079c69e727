import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';
import { codeTries } from '../domain/limits.ts';

export type CodeKind = 'phone' | 'email';

export interface NewCode {
  readonly id: string;
  readonly kind: CodeKind;
  /** Whose it is to become; null: whoever has the code signs in. */
  readonly accountId: string | null;
  readonly toCipher: Buffer;
  readonly toIndex: Buffer;
  readonly toMasked: string;
  readonly codeIndex: Buffer;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly provedAt: Date | null;
}

export async function insertCode(tx: Tx, code: NewCode): Promise<void> {
  await tx.run(sql`
    insert into resident.code (company_id, id, kind, account_id, to_cipher, to_index, to_masked,
      code_index, created_at, expires_at, proved_at)
    values (${tx.companyId}, ${code.id}, ${code.kind}, ${code.accountId}, ${code.toCipher},
      ${code.toIndex}, ${code.toMasked}, ${code.codeIndex}, ${code.createdAt}, ${code.expiresAt},
      ${code.provedAt})`);
}

export interface CodeOf {
  readonly id: string;
  readonly kind: CodeKind;
  readonly accountId: string | null;
}

/** Uses up one try of a code that may still be proved, before it is compared. */
export async function tryCode(
  tx: Tx,
  { id, kind, accountId }: CodeOf,
  at: Date,
): Promise<Buffer | undefined> {
  const row = await tx.maybe(sql<{ codeIndex: Buffer }>`
    update resident.code set tries = tries + 1
    where company_id = ${tx.companyId} and id = ${id} and kind = ${kind}
      and account_id is not distinct from ${accountId}::uuid and proved_at is null
      and expires_at > ${at} and tries < ${codeTries}
    returning code_index as "codeIndex"`);
  return row?.codeIndex;
}

export interface Proved {
  readonly id: string;
  readonly toCipher: Buffer;
  readonly toIndex: Buffer;
  readonly toMasked: string;
}

const proved = sql`id, to_cipher as "toCipher", to_index as "toIndex", to_masked as "toMasked"`;

/** @returns undefined when the code was used meanwhile: it is good once */
export async function useCode(tx: Tx, id: string, at: Date): Promise<Proved | undefined> {
  return await tx.maybe(sql<Proved>`
    update resident.code set proved_at = ${at}
    where company_id = ${tx.companyId} and id = ${id} and proved_at is null
    returning ${proved}`);
}

/** Spends what this account proved since a time. @returns undefined when it was spent before */
export async function spendProof(
  tx: Tx,
  input: { readonly id: string; readonly accountId: string; readonly since: Date },
  at: Date,
): Promise<Proved | undefined> {
  return await tx.maybe(sql<Proved>`
    update resident.code set spent_at = ${at}
    where company_id = ${tx.companyId} and id = ${input.id} and kind = 'phone'
      and account_id = ${input.accountId} and proved_at > ${input.since} and spent_at is null
    returning ${proved}`);
}

export async function deleteCodesOf(tx: Tx, accountId: string): Promise<void> {
  await tx.run(sql`
    delete from resident.code where company_id = ${tx.companyId} and account_id = ${accountId}`);
}

/** For the jobs' role: of every company. */
export async function deleteOldCodes(db: Queryable, before: Date): Promise<number> {
  return await db.run(sql`delete from resident.code where created_at < ${before}`);
}

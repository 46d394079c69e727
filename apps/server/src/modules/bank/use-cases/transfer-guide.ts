import { randomBytes } from 'node:crypto';
import type { TransferGuide } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { openNumber } from '../account-number.ts';
import { makeReference, printedReference } from '../domain/reference.ts';
import { bankErrors } from '../errors.ts';
import { accountsFor, hasCommunity, unitGuide, unitsWithoutReference } from '../queries/guide.ts';
import { lockAccount } from '../store/account-store.ts';
import {
  deleteSubAccount,
  insertReferences,
  type NewReference,
  saveSubAccounts,
} from '../store/reference-store.ts';

type GuideDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

/** How to pay for a unit by transfer, as far as it is set up. */
export function showGuide(
  deps: GuideDeps,
  { actor, unitId }: { readonly actor: StaffActor; readonly unitId: string },
): Promise<TransferGuide> {
  return deps.db.read(actor.companyId, (tx) => guideOf(tx, deps, unitId));
}

/** Makes the unit's reference when it has none. Two at once get the same one. */
export function makeUnitReference(
  deps: GuideDeps,
  { actor, unitId }: { readonly actor: StaffActor; readonly unitId: string },
): Promise<TransferGuide> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const unit = await unitGuide(tx, unitId);
    if (!unit) throw bankErrors.TRANSFER_UNIT_NOT_FOUND();
    const at = deps.clock.now();
    if (unit.reference === null) await insertReferences(tx, [referenceFor(unitId, at)], at);
    return await guideOf(tx, deps, unitId);
  });
}

/** Units a statement makes references for. */
const unitsABatch = 1000;

/** Makes a reference for every active unit of a community that has none. */
export async function makeReferences(
  deps: GuideDeps,
  { actor, communityId }: { readonly actor: StaffActor; readonly communityId: string },
): Promise<{ made: number }> {
  let made = 0;
  for (;;) {
    const batch = await deps.db.transaction(actor.companyId, async (tx) => {
      if (!(await hasCommunity(tx, communityId))) throw bankErrors.TRANSFER_COMMUNITY_NOT_FOUND();
      const units = await unitsWithoutReference(tx, communityId, unitsABatch);
      const at = deps.clock.now();
      if (units.length === 0) return 0;
      const count = await insertReferences(
        tx,
        units.map((unitId) => referenceFor(unitId, at)),
        at,
      );
      await recordAudit(tx, deps.clock, {
        actor,
        action: 'bank.make_references',
        subjectKind: 'community',
        subjectId: communityId,
        detail: { made: count },
      });
      return count;
    });
    if (batch === 0) return { made };
    made += batch;
  }
}

export interface SubAccountInput {
  readonly actor: StaffActor;
  readonly unitId: string;
  readonly bankAccountId: string;
  readonly number: string;
}

/** @throws TRANSFER_UNIT_NOT_FOUND, BANK_ACCOUNT_NOT_FOUND, SUB_ACCOUNT_TAKEN */
export async function setSubAccount(
  deps: GuideDeps,
  { actor, unitId, bankAccountId, number }: SubAccountInput,
): Promise<TransferGuide> {
  try {
    return await deps.db.transaction(actor.companyId, async (tx) => {
      if (!(await unitGuide(tx, unitId))) throw bankErrors.TRANSFER_UNIT_NOT_FOUND();
      if (!(await lockAccount(tx, bankAccountId))) throw bankErrors.BANK_ACCOUNT_NOT_FOUND();
      const at = deps.clock.now();
      const saved = {
        id: newId(at),
        accountId: bankAccountId,
        unitId,
        number: number.toUpperCase(),
      };
      await saveSubAccounts(tx, [saved], at);
      await auditSubAccount(tx, deps, actor, unitId, number);
      return await guideOf(tx, deps, unitId);
    });
  } catch (error) {
    if (violatedConstraint(error) !== 'sub_account_number_key') throw error;
    throw bankErrors.SUB_ACCOUNT_TAKEN({ cause: error, values: { number } });
  }
}

export function removeSubAccount(
  deps: GuideDeps,
  { actor, unitId }: { readonly actor: StaffActor; readonly unitId: string },
): Promise<TransferGuide> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    if (!(await unitGuide(tx, unitId))) throw bankErrors.TRANSFER_UNIT_NOT_FOUND();
    await deleteSubAccount(tx, unitId);
    await auditSubAccount(tx, deps, actor, unitId, null);
    return await guideOf(tx, deps, unitId);
  });
}

async function auditSubAccount(
  tx: Tx,
  deps: GuideDeps,
  actor: StaffActor,
  unitId: string,
  number: string | null,
): Promise<void> {
  await recordAudit(tx, deps.clock, {
    actor,
    action: number === null ? 'bank.remove_sub_account' : 'bank.set_sub_account',
    subjectKind: 'unit',
    subjectId: unitId,
    detail: number === null ? {} : { number },
  });
}

function referenceFor(unitId: string, at: Date): NewReference {
  return { id: newId(at), unitId, reference: makeReference(randomBytes(16)) };
}

async function guideOf(tx: Tx, deps: GuideDeps, unitId: string): Promise<TransferGuide> {
  const unit = await unitGuide(tx, unitId);
  if (!unit) throw bankErrors.TRANSFER_UNIT_NOT_FOUND();
  const all = await accountsFor(tx, unit.communityId);
  const named = all.filter(({ isNamed }) => isNamed);
  const own = all.filter(({ bankAccountId }) => bankAccountId === unit.subAccountId);
  const shown = own.length > 0 ? own : named.length > 0 ? named : all;
  return {
    accounts: shown.map(({ numberCipher, isNamed: _named, ...account }) => {
      const isSubAccount = account.bankAccountId === unit.subAccountId;
      const whole = () => openNumber(deps.secrets, tx.companyId, numberCipher);
      return {
        ...account,
        number: (isSubAccount ? unit.subAccount : null) ?? whole(),
        isSubAccount,
      };
    }),
    reference: unit.reference,
    referencePrinted: unit.reference && printedReference(unit.reference),
  };
}

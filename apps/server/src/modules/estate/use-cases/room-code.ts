import { randomBytes } from 'node:crypto';
import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { makeCheckedCode } from '../../../platform/checked-code.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { estateErrors } from '../errors.ts';
import { companyFacts } from '../store/company-store.ts';
import {
  currentRoomCode,
  currentRoomCodes,
  insertRoomCode,
  insertRoomCodes,
  revokeRoomCode,
  type UnitCode,
} from '../store/room-code-store.ts';
import { lockUnit } from '../store/unit-store.ts';

/** The code printed for a unit; makes it when there is none. Two at once get the same one. */
export async function roomCodeOf(
  deps: Pick<Deps, 'clock'>,
  tx: Tx,
  unitId: string,
): Promise<string> {
  const known = await currentRoomCode(tx, unitId);
  if (known) return known.code;
  const { shortCode } = await companyFacts(tx);
  const code = makeCheckedCode(shortCode, randomBytes(16));
  const at = deps.clock.now();
  if (await insertRoomCode(tx, { id: newId(at), unitId, code }, at)) return code;
  const theirs = await currentRoomCode(tx, unitId);
  if (!theirs) throw new Error('a room code was revoked at the moment it was made');
  return theirs.code;
}

/** The codes of many units, for what is printed in one go. */
export async function roomCodesOf(
  deps: Pick<Deps, 'clock'>,
  tx: Tx,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known = codesByUnit(await currentRoomCodes(tx, unitIds));
  const without = [...new Set(unitIds)].filter((unitId) => !known.has(unitId));
  if (without.length === 0) return known;
  const { shortCode } = await companyFacts(tx);
  const at = deps.clock.now();
  const fresh = without.map((unitId) => ({
    id: newId(at),
    unitId,
    code: makeCheckedCode(shortCode, randomBytes(16)),
  }));
  await insertRoomCodes(tx, fresh, at);
  return codesByUnit(await currentRoomCodes(tx, unitIds));
}

function codesByUnit(rows: readonly UnitCode[]): Map<string, string> {
  return new Map(rows.map(({ unitId, code }) => [unitId, code]));
}

export interface ReplaceRoomCodeInput {
  readonly actor: Actor;
  readonly unitId: string;
  readonly reason: string;
}

/** Revokes the code: its page says that it was replaced. */
export function replaceRoomCode(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, unitId, reason }: ReplaceRoomCodeInput,
): Promise<string> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    if (!(await lockUnit(tx, unitId))) throw estateErrors.UNIT_NOT_FOUND();
    await revokeRoomCode(tx, unitId, deps.clock.now());
    const code = await roomCodeOf(deps, tx, unitId);
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'estate.replace_room_code',
      subjectKind: 'unit',
      subjectId: unitId,
      detail: { reason },
    });
    return code;
  });
}

/** The code for the screen that prints it. */
export function readRoomCodeOf(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  unitId: string,
): Promise<string> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    if (!(await lockUnit(tx, unitId))) throw estateErrors.UNIT_NOT_FOUND();
    return await roomCodeOf(deps, tx, unitId);
  });
}

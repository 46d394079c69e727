import type { UnitKind } from '@wuye-pay/contract';
import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { violatedConstraint } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import type { Areas } from '../domain/area.ts';
import { doorNoOf, labelOf, sortKeyOf } from '../domain/unit-label.ts';
import { estateErrors } from '../errors.ts';
import { areaOn, lockUnit, saveArea, type UnitRecord, updateUnit } from '../store/unit-store.ts';

export interface EditUnitInput {
  readonly actor: Actor;
  readonly unitId: string;
  readonly kind?: UnitKind;
  readonly floor?: string;
  readonly doorNo?: string;
  readonly movedInOn?: string | null;
  readonly state?: 'active' | 'retired';
}

/** @throws UNIT_NOT_FOUND, DOOR_TAKEN */
export async function editUnit(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, unitId, ...changes }: EditUnitInput,
): Promise<void> {
  try {
    await deps.db.transaction(actor.companyId, async (tx) => {
      const before = await lockUnit(tx, unitId);
      if (!before) throw estateErrors.UNIT_NOT_FOUND();
      const after = edited(before, changes);
      const changed = differences(before, after);
      if (Object.keys(changed).length === 0) return;
      await updateUnit(tx, after, deps.clock.now());
      await recordAudit(tx, deps.clock, {
        actor,
        action: 'estate.edit_unit',
        subjectKind: 'unit',
        subjectId: unitId,
        detail: { changed },
      });
    });
  } catch (error) {
    if (violatedConstraint(error) !== 'unit_door_key') throw error;
    throw estateErrors.DOOR_TAKEN({ values: { doorNo: changes.doorNo ?? '' } });
  }
}

function edited(
  before: UnitRecord,
  { kind, floor, doorNo, movedInOn, state }: Omit<EditUnitInput, 'actor' | 'unitId'>,
): UnitRecord {
  const { buildingName: building, entrance } = before;
  const place = { building, entrance, doorNo: doorNo ? doorNoOf(doorNo) : before.doorNo };
  return {
    ...before,
    doorNo: place.doorNo,
    label: labelOf(place),
    sortKey: sortKeyOf(place),
    kind: kind ?? before.kind,
    floor: floor?.trim() ?? before.floor,
    movedInOn: movedInOn === undefined ? before.movedInOn : movedInOn,
    state: state ?? before.state,
  };
}

const told = ['kind', 'floor', 'doorNo', 'movedInOn', 'state'] as const;

function differences(before: UnitRecord, after: UnitRecord): Record<string, unknown> {
  return Object.fromEntries(
    told
      .filter((field) => before[field] !== after[field])
      .map((field) => [field, { from: before[field], to: after[field] }]),
  );
}

export interface ChangeAreaInput extends Partial<Areas> {
  readonly actor: Actor;
  readonly unitId: string;
  readonly effectiveOn: string;
}

/** Areas from a day on; what is not given stays as it is on that day. */
export function changeArea(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, unitId, effectiveOn, ...areas }: ChangeAreaInput,
): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    if (!(await lockUnit(tx, unitId))) throw estateErrors.UNIT_NOT_FOUND();
    const before = await areaOn(tx, unitId, effectiveOn);
    const after: Areas = {
      builtM2: given(areas.builtM2, before?.builtM2),
      innerM2: given(areas.innerM2, before?.innerM2),
      chargeableM2: given(areas.chargeableM2, before?.chargeableM2),
    };
    const at = deps.clock.now();
    await saveArea(tx, { id: newId(at), unitId, effectiveOn, ...after }, at);
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'estate.change_area',
      subjectKind: 'unit',
      subjectId: unitId,
      detail: { effectiveOn, from: before ?? null, to: after },
    });
  });
}

function given(next: string | null | undefined, before: string | null | undefined): string | null {
  return next === undefined ? (before ?? null) : next;
}

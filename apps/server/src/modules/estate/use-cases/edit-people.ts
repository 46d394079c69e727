import type { OccupancyRole } from '@wuye-pay/contract';
import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { maskName } from '../domain/mask.ts';
import { type PersonInput, readPerson } from '../domain/person-input.ts';
import { estateErrors } from '../errors.ts';
import { openPerson, type PersonData, sealPerson } from '../person-secrets.ts';
import {
  endOccupancy,
  insertOccupancy,
  insertPerson,
  lockOpenOccupancy,
  lockPerson,
  unitsOfPerson,
  updatePerson,
} from '../store/person-store.ts';
import { lockUnit } from '../store/unit-store.ts';

type PeopleDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

export interface AddPersonInput extends PersonInput {
  readonly actor: Actor;
  readonly unitId: string;
  readonly role: OccupancyRole;
  readonly fromOn: string | null;
}

/** @throws UNIT_NOT_FOUND, PERSON_DATA_INVALID */
export function addPerson(
  deps: PeopleDeps,
  { actor, unitId, role, fromOn, ...input }: AddPersonInput,
): Promise<void> {
  const data = checked(input);
  return deps.db.transaction(actor.companyId, async (tx) => {
    if (!(await lockUnit(tx, unitId))) throw estateErrors.UNIT_NOT_FOUND();
    const at = deps.clock.now();
    const personId = newId(at);
    await insertPerson(tx, { id: personId, ...sealPerson(deps.secrets, tx.companyId, data) }, at);
    await insertOccupancy(tx, { id: newId(at), unitId, personId, role, fromOn }, at);
    const detail = { role, name: maskName(data.name), fromOn };
    await tell(tx, deps, actor, unitId, 'estate.add_person', detail);
  });
}

export interface EndOccupancyInput {
  readonly actor: Actor;
  readonly unitId: string;
  readonly occupancyId: string;
  /** The last day. */
  readonly toOn: string;
}

/** @throws OCCUPANCY_NOT_FOUND, DAYS_OUT_OF_ORDER */
export function endPerson(
  deps: PeopleDeps,
  { actor, unitId, occupancyId, toOn }: EndOccupancyInput,
): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const occupancy = await lockOpenOccupancy(tx, unitId, occupancyId);
    if (!occupancy) throw estateErrors.OCCUPANCY_NOT_FOUND();
    const { fromOn } = occupancy;
    if (fromOn !== null && toOn < fromOn) {
      throw estateErrors.DAYS_OUT_OF_ORDER({ values: { fromOn, toOn } });
    }
    await endOccupancy(tx, occupancyId, toOn);
    await tell(tx, deps, actor, unitId, 'estate.end_person', { toOn });
  });
}

export interface EditPersonInput {
  readonly actor: Actor;
  readonly personId: string;
  readonly name?: string;
  readonly phone?: string | null;
  readonly idNumber?: string | null;
}

/** What is not given stays. @throws PERSON_NOT_FOUND, PERSON_DATA_INVALID */
export function editPerson(
  deps: PeopleDeps,
  { actor, personId, ...changes }: EditPersonInput,
): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const sealed = await lockPerson(tx, personId);
    if (!sealed) throw estateErrors.PERSON_NOT_FOUND();
    const before = openPerson(deps.secrets, tx.companyId, sealed);
    const after = checked({ ...before, ...changes });
    const changed = (['name', 'phone', 'idNumber'] as const).filter(
      (field) => before[field] !== after[field],
    );
    if (changed.length === 0) return;
    const at = deps.clock.now();
    await updatePerson(tx, personId, sealPerson(deps.secrets, tx.companyId, after), at);
    const detail = { name: maskName(after.name), changed };
    for (const { unitId } of await unitsOfPerson(tx, personId)) {
      await tell(tx, deps, actor, unitId, 'estate.edit_person', detail);
    }
  });
}

export interface RevealPersonInput {
  readonly actor: Actor;
  readonly personId: string;
  readonly reason: string;
}

/** The clear values of a person; the look is recorded before they are shown. */
export function revealPerson(
  deps: PeopleDeps,
  { actor, personId, reason }: RevealPersonInput,
): Promise<PersonData> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const sealed = await lockPerson(tx, personId);
    if (!sealed) throw estateErrors.PERSON_NOT_FOUND();
    const person = openPerson(deps.secrets, tx.companyId, sealed);
    const detail = { name: maskName(person.name), reason };
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'estate.reveal_person',
      subjectKind: 'person',
      subjectId: personId,
      detail,
    });
    for (const { unitId } of await unitsOfPerson(tx, personId)) {
      await tell(tx, deps, actor, unitId, 'estate.reveal_person', detail);
    }
    return person;
  });
}

function checked(input: PersonInput): PersonData {
  const read = readPerson(input);
  if ('problems' in read) throw estateErrors.PERSON_DATA_INVALID({ problems: read.problems });
  return read.person;
}

function tell(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  actor: Actor,
  unitId: string,
  action: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  const subject = { subjectKind: 'unit', subjectId: unitId };
  return recordAudit(tx, deps.clock, { actor, action, ...subject, detail });
}

import type { ImportDetail } from '@wuye-pay/contract';
import { alwaysOn } from '../src/modules/estate/domain/area.ts';
import { buildingNameOf, labelOf, sortKeyOf } from '../src/modules/estate/domain/unit-label.ts';
import {
  type ApplyFees,
  editServicePhone,
  orderApply,
  runDueImports,
  showImport,
  uploadImport,
} from '../src/modules/estate/index.ts';
import { sealPerson } from '../src/modules/estate/person-secrets.ts';
import {
  communityByName,
  ensureBuilding,
  insertCommunity,
} from '../src/modules/estate/store/community-store.ts';
import { insertOccupancy, insertPerson } from '../src/modules/estate/store/person-store.ts';
import { insertUnit, saveArea } from '../src/modules/estate/store/unit-store.ts';
import { roomCodeOf } from '../src/modules/estate/use-cases/room-code.ts';
import type { StaffActor } from '../src/platform/actor.ts';
import type { Tx } from '../src/platform/database/index.ts';
import { newId } from '../src/platform/id.ts';
import type { TestSystem } from './harness.ts';

export interface GivenUnit {
  readonly companyId?: string;
  readonly community?: string;
  readonly building?: string;
  readonly entrance?: string;
  readonly floor?: string;
  /** Another number for each call unless given. */
  readonly doorNo?: string;
  readonly kind?: 'home' | 'shop' | 'parking' | 'storage';
  /** Square metres; chargeable and inner area are the built one unless given. null: no area at all. */
  readonly builtM2?: string | null;
  readonly innerM2?: string;
  readonly chargeableM2?: string;
  readonly movedInOn?: string | null;
  /** null: nobody. */
  readonly ownerName?: string | null;
  readonly ownerPhone?: string | null;
  readonly ownerIdNumber?: string | null;
}

export interface UnitInTest {
  readonly communityId: string;
  readonly buildingId: string;
  readonly unitId: string;
  readonly label: string;
  readonly ownerId: string | null;
  readonly roomCode: string;
}

let doors = 100;

/** One unit with its area, its owner and its room code, in a community made when missing. */
export function givenUnit(system: TestSystem, wanted: GivenUnit = {}): Promise<UnitInTest> {
  doors += 1;
  const doorNo = wanted.doorNo ?? String(doors);
  return system.deps.db.transaction(wanted.companyId ?? system.companyId, async (tx) => {
    const at = system.clock.now();
    const communityId = await givenCommunity(system, tx, wanted.community ?? '晨光花园');
    const building = buildingNameOf(wanted.building ?? '1');
    const buildingId = await ensureBuilding(tx, {
      id: newId(at),
      communityId,
      name: building,
      createdAt: at,
    });
    const place = { building, entrance: wanted.entrance ?? '1', doorNo };
    const unit = {
      id: newId(at),
      communityId,
      buildingId,
      entrance: place.entrance,
      floor: wanted.floor ?? '1',
      doorNo,
      kind: wanted.kind ?? 'home',
      label: labelOf(place),
      sortKey: sortKeyOf(place),
      movedInOn: wanted.movedInOn ?? null,
    } as const;
    await insertUnit(tx, unit, at);
    await addArea(tx, unit.id, wanted, at);
    const ownerId = await addOwner(system, tx, unit.id, wanted);
    const roomCode = await roomCodeOf(system.deps, tx, unit.id);
    return { communityId, buildingId, unitId: unit.id, label: unit.label, ownerId, roomCode };
  });
}

async function givenCommunity(system: TestSystem, tx: Tx, name: string): Promise<string> {
  const known = await communityByName(tx, name);
  if (known) return known.id;
  const createdAt = system.clock.now();
  const id = newId(createdAt);
  const isNew = await insertCommunity(tx, { id, name, address: null, createdAt });
  return isNew ? id : ((await communityByName(tx, name))?.id ?? id);
}

async function addArea(tx: Tx, unitId: string, wanted: GivenUnit, at: Date): Promise<void> {
  const builtM2 = wanted.builtM2 === undefined ? '89.37' : wanted.builtM2;
  if (builtM2 === null) return;
  const innerM2 = wanted.innerM2 ?? builtM2;
  const chargeableM2 = wanted.chargeableM2 ?? builtM2;
  const area = { id: newId(at), unitId, effectiveOn: alwaysOn, builtM2, innerM2, chargeableM2 };
  await saveArea(tx, area, at);
}

async function addOwner(
  system: TestSystem,
  tx: Tx,
  unitId: string,
  wanted: GivenUnit,
): Promise<string | null> {
  const name = wanted.ownerName === undefined ? '王小明' : wanted.ownerName;
  if (name === null) return null;
  const at = system.clock.now();
  const id = newId(at);
  const phone = wanted.ownerPhone === undefined ? '13900010001' : wanted.ownerPhone;
  const data = { name, phone, idNumber: wanted.ownerIdNumber ?? null };
  await insertPerson(tx, { id, ...sealPerson(system.deps.secrets, tx.companyId, data) }, at);
  const occupancy = { id: newId(at), unitId, personId: id, role: 'owner', fromOn: null } as const;
  await insertOccupancy(tx, occupancy, at);
  return id;
}

export interface GivenImport {
  readonly fileName?: string;
  /** null: the rows name their community. */
  readonly community?: string | null;
  readonly actor?: TestSystem['staff'];
}

/** Uploads a file and lets a worker check it. */
export async function givenCheckedImport(
  system: TestSystem,
  bytes: Uint8Array,
  wanted: GivenImport = {},
): Promise<ImportDetail> {
  const actor = wanted.actor ?? system.staff;
  const community = wanted.community === undefined ? '晨光花园' : wanted.community;
  const { importId } = await uploadImport(system.deps, {
    actor,
    fileName: wanted.fileName ?? '房屋.xlsx',
    bytes: Buffer.from(bytes),
    ...(community !== null && { communityName: community }),
  });
  await runDueImports(system.deps);
  return await showImport(system.deps, actor.companyId, importId);
}

/** Takes a checked import over and returns how it ended. */
export async function applyImportNow(
  system: TestSystem,
  importId: string,
  options: { readonly applyFees?: ApplyFees; readonly actor?: TestSystem['staff'] } = {},
): Promise<ImportDetail> {
  const actor = options.actor ?? system.staff;
  await orderApply(system.deps, { actor, importId });
  await runDueImports(system.deps, options);
  return await showImport(system.deps, actor.companyId, importId);
}

/** The telephone of a community's office. */
export function givenServicePhone(
  system: TestSystem,
  actor: StaffActor,
  communityId: string,
): Promise<void> {
  const service = { phone: '0571-87650001', hours: '甲方工作时间' };
  return editServicePhone(system.deps, { actor, communityId, service });
}

import type { MyApplication } from '@wuye-pay/contract';
import type { ResidentActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { mostApplications, mostPhotoBytes, mostPhotos } from '../domain/limits.ts';
import { maskPersonName } from '../domain/mask.ts';
import { residentErrors } from '../errors.ts';
import { myApplications } from '../queries/applications.ts';
import type { BindingRole } from '../queries/homes.ts';
import { doorOf } from '../queries/places.ts';
import { sealed } from '../secrets.ts';
import { lockAccounts } from '../store/account-store.ts';
import {
  countOpenApplications,
  insertApplication,
  insertPhoto,
  type LockedApplication,
  lockApplication,
  withdrawApplication,
} from '../store/application-store.ts';

type ApplyDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

export interface ApplyInput {
  readonly actor: ResidentActor;
  readonly unitId: string;
  readonly role: BindingRole;
  readonly name: string;
  readonly reason: string;
}

/** Asks the office for a home. @throws HOME_NOT_MATCHED, APPLICATION_OPEN, TOO_MANY_APPLICATIONS */
export function apply(deps: ApplyDeps, input: ApplyInput): Promise<MyApplication> {
  const { actor, unitId, role } = input;
  return deps.db.transaction(actor.companyId, async (tx) => {
    const [own] = await lockAccounts(tx, [actor.id]);
    if (!own || !(await doorOf(tx, unitId))) throw residentErrors.HOME_NOT_MATCHED();
    if ((await countOpenApplications(tx, actor.id)) >= mostApplications) {
      throw residentErrors.TOO_MANY_APPLICATIONS({ values: { most: mostApplications } });
    }
    const at = deps.clock.now();
    const name = input.name.normalize('NFKC').replace(/\s+/g, ' ').trim();
    const { cipher, index } = sealed(deps.secrets, tx.companyId, 'name', name);
    const application = {
      id: newId(at),
      accountId: actor.id,
      unitId,
      role,
      nameCipher: cipher,
      nameIndex: index,
      nameMasked: maskPersonName(name),
      reason: input.reason.trim(),
    };
    const isNew = await insertApplication(tx, application, at);
    if (!isNew) throw residentErrors.APPLICATION_OPEN();
    await tell(tx, deps, actor, 'resident.apply', { applicationId: application.id, unitId, role });
    return await mine(tx, actor, application.id);
  });
}

/** @throws APPLICATION_NOT_FOUND, APPLICATION_DECIDED */
export function withdraw(
  deps: ApplyDeps,
  { actor, applicationId }: { readonly actor: ResidentActor; readonly applicationId: string },
): Promise<MyApplication> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    await lockOpen(tx, actor, applicationId);
    await withdrawApplication(tx, applicationId, deps.clock.now());
    await tell(tx, deps, actor, 'resident.withdraw_application', { applicationId });
    return await mine(tx, actor, applicationId);
  });
}

export interface PhotoInput {
  readonly actor: ResidentActor;
  readonly applicationId: string;
  readonly bytes: Buffer;
}

/** A paper or a key that shows that one lives there; kept encrypted. @throws PROOF_REFUSED */
export function addPhoto(deps: ApplyDeps, input: PhotoInput): Promise<MyApplication> {
  const { actor, applicationId, bytes } = input;
  const mediaType = imageTypeOf(bytes);
  if (mediaType === undefined || bytes.length > mostPhotoBytes) throw refused();
  return deps.db.transaction(actor.companyId, async (tx) => {
    const application = await lockOpen(tx, actor, applicationId);
    if (application.photos >= mostPhotos) throw refused();
    const at = deps.clock.now();
    const { cipher } = sealed(deps.secrets, tx.companyId, 'photo', bytes.toString('base64'));
    await insertPhoto(tx, { id: newId(at), applicationId, mediaType, contentCipher: cipher }, at);
    return await mine(tx, actor, applicationId);
  });
}

/** By what the file is, not by what it is called. */
function imageTypeOf(bytes: Buffer): 'image/jpeg' | 'image/png' | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.of(0xff, 0xd8, 0xff))) return 'image/jpeg';
  const png = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return bytes.subarray(0, 8).equals(png) ? 'image/png' : undefined;
}

function refused() {
  return residentErrors.PROOF_REFUSED({ values: { most: mostPhotos } });
}

async function lockOpen(
  tx: Tx,
  actor: ResidentActor,
  applicationId: string,
): Promise<LockedApplication> {
  const application = await lockApplication(tx, applicationId);
  if (application?.accountId !== actor.id) throw residentErrors.APPLICATION_NOT_FOUND();
  if (application.state !== 'open') throw residentErrors.APPLICATION_DECIDED();
  return application;
}

async function mine(tx: Tx, actor: ResidentActor, applicationId: string): Promise<MyApplication> {
  const found = (await myApplications(tx, actor.id)).find(({ id }) => id === applicationId);
  if (!found) throw residentErrors.APPLICATION_NOT_FOUND();
  return shownApplication(found);
}

export function showMyApplications(
  deps: Pick<Deps, 'db'>,
  actor: ResidentActor,
): Promise<{ items: MyApplication[] }> {
  return deps.db.read(actor.companyId, async (tx) => ({
    items: (await myApplications(tx, actor.id)).map(shownApplication),
  }));
}

type Row = Awaited<ReturnType<typeof myApplications>>[number];

function shownApplication({ id, createdAt, decidedAt, reason, ...row }: Row): MyApplication {
  return {
    applicationId: id,
    ...row,
    reason: reason ?? '',
    createdAt: createdAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}

async function tell(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  actor: ResidentActor,
  action: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  const subject = { subjectKind: 'resident', subjectId: actor.id };
  await recordAudit(tx, deps.clock, { actor, action, ...subject, detail });
}

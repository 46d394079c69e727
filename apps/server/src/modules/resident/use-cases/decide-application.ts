import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { occupantOfName } from '../../estate/index.ts';
import type { ResidentDeps } from '../doors.ts';
import { residentErrors } from '../errors.ts';
import { companyRow } from '../queries/account.ts';
import { todayOf } from '../queries/contacts.ts';
import type { BindingRole } from '../queries/homes.ts';
import { doorOf } from '../queries/places.ts';
import { opened } from '../secrets.ts';
import {
  decideApplication,
  type LockedApplication,
  lockApplication,
} from '../store/application-store.ts';
import { bindHome } from './bind-home.ts';
import { contactOfAccount } from './contacts-of-units.ts';
import { messageTo, tellOwners } from './tell-owners.ts';

export interface DecideInput {
  readonly actor: StaffActor;
  readonly applicationId: string;
  readonly approve: boolean;
  /** Instead of the role that was asked for. */
  readonly role?: BindingRole | undefined;
  readonly reason: string;
}

/** @throws APPLICATION_NOT_FOUND, APPLICATION_DECIDED */
export function decide(deps: ResidentDeps, input: DecideInput): Promise<void> {
  const { actor, applicationId, approve, reason } = input;
  return deps.db.transaction(actor.companyId, async (tx) => {
    const application = await lockApplication(tx, applicationId);
    if (!application) throw residentErrors.APPLICATION_NOT_FOUND();
    if (application.state !== 'open') throw residentErrors.APPLICATION_DECIDED();
    const role = input.role ?? application.role;
    const state = approve ? 'approved' : 'rejected';
    const decision = { state, staffId: actor.id, staffName: actor.name, reason } as const;
    await decideApplication(tx, applicationId, decision, deps.clock.now());
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'resident.decide_application',
      subjectKind: 'home-application',
      subjectId: applicationId,
      detail: { approve, role, reason, unitId: application.unitId },
    });
    if (approve) await grant(tx, deps, { actor, application, role });
    await tellApplicant(tx, deps, application, approve);
  });
}

interface Granted {
  readonly actor: StaffActor;
  readonly application: LockedApplication;
  readonly role: BindingRole;
}

async function grant(tx: Tx, deps: ResidentDeps, { actor, application, role }: Granted) {
  const { id: applicationId, accountId, unitId, nameCipher } = application;
  const day = await todayOf(tx, deps.clock.now());
  const name = nameCipher && opened(deps.secrets, tx.companyId, 'name', nameCipher);
  const person = name ? await occupantOfName(tx, deps.secrets, { unitId, name, day }) : undefined;
  const { isNew } = await bindHome(tx, deps, {
    accountId,
    unitId,
    personId: person?.personId ?? null,
    role,
    boundBy: 'application',
    applicationId,
    boundByName: actor.name,
    actor,
    detail: { applicationId },
  });
  const door = await doorOf(tx, unitId);
  const contact = await contactOfAccount(tx, deps, accountId);
  if (!isNew || !door) return;
  const joined = { ...door, accountId, bindingId: applicationId };
  await tellOwners(tx, deps, { ...joined, person: contact?.name ?? '住户' });
}

async function tellApplicant(
  tx: Tx,
  deps: ResidentDeps,
  application: LockedApplication,
  approve: boolean,
): Promise<void> {
  const door = await doorOf(tx, application.unitId);
  const found = await contactOfAccount(tx, deps, application.accountId);
  if (!door || !found) return;
  const { shortCode } = await companyRow(tx);
  const results = { zh: ['未通过', '已通过'], en: ['declined', 'approved'] } as const;
  const result = results[found.contact.language][approve ? 1 : 0];
  const message = messageTo(deps, found.contact, {
    subjectId: application.id,
    templateKey: 'binding.decided',
    variables: { community: door.communityName, unit: door.label, result },
    link: `${deps.publicUrl}/r/${shortCode}/`,
  });
  await deps.doors.enqueueMessages(tx, deps, [message]);
}

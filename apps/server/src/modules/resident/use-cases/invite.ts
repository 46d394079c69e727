import { randomBytes } from 'node:crypto';
import type { HomePeople, InvitationSeen, InvitationView } from '@wuye-pay/contract';
import QRCode from 'qrcode';
import type { ResidentActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import {
  makeInvitationCode,
  printedInvitationCode,
  readInvitationCode,
} from '../domain/invitation-code.ts';
import { invitationLifeMs, invitationLimits, mostInvitations } from '../domain/limits.ts';
import { isAtLeast } from '../domain/role.ts';
import type { ResidentDeps } from '../doors.ts';
import { residentErrors } from '../errors.ts';
import { companyRow } from '../queries/account.ts';
import {
  type GivenRole,
  type Home,
  invitationOfCode,
  type OpenInvitation,
  openInvitations,
  peopleOfHome,
} from '../queries/homes.ts';
import { lockAccounts } from '../store/account-store.ts';
import { currentBinding } from '../store/binding-store.ts';
import {
  acceptInvitation,
  countOpenInvitations,
  insertInvitation,
  lockInvitation,
  revokeInvitation,
} from '../store/invitation-store.ts';
import { bindHome, boundHome } from './bind-home.ts';
import { addressKey, countAttempt } from './count-attempt.ts';
import { requireHome } from './require-home.ts';
import { tellOwners } from './tell-owners.ts';

type OfHome = { readonly actor: ResidentActor; readonly unitId: string };

/** Who has access to a home: all of it for an owner, oneself for those who live there. */
export function showPeople(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, unitId }: OfHome,
): Promise<HomePeople> {
  return deps.db.read(actor.companyId, async (tx) => {
    const home = await requireHome(tx, actor, unitId);
    if (home.role === 'payer') throw residentErrors.HOME_FOR_PAYING_ONLY();
    const isOwner = home.role === 'owner';
    const people = await peopleOfHome(tx, unitId);
    const shown = people.filter(({ accountId }) => isOwner || accountId === actor.id);
    const invitations = isOwner ? await openInvitations(tx, unitId, deps.clock.now()) : [];
    return {
      items: shown.map((person) => {
        const isMe = person.accountId === actor.id;
        return {
          bindingId: person.bindingId,
          name: nameOf(person.displayName, person.phoneMasked),
          phoneMasked: person.phoneMasked,
          role: person.role,
          boundBy: person.boundBy,
          boundAt: person.boundAt.toISOString(),
          addedBy:
            person.boundBy === 'invitation'
              ? nameOf(person.inviterName, person.inviterPhone)
              : null,
          isMe,
          mayEnd: isMe || (isOwner && person.role !== 'owner'),
        };
      }),
      invitations: invitations.map(shownInvitation),
      mayInvite: isOwner,
    };
  });
}

export interface InviteInput extends OfHome {
  readonly role: GivenRole;
  readonly note: string | undefined;
}

export interface Invited {
  readonly invitation: InvitationView;
  readonly code: string;
  readonly url: string;
  readonly qrImage: string;
}

/** Pixels of the picture: sharp on a phone that is held up to another one. */
const qrWidth = 480;

/** A code that lets one person in, once. @throws HOME_OWNER_ONLY, TOO_MANY_INVITATIONS */
export async function invite(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets' | 'publicUrl'>,
  { actor, unitId, role, note }: InviteInput,
): Promise<Invited> {
  const invited = await deps.db.transaction(actor.companyId, async (tx) => {
    await requireOwner(tx, actor, unitId);
    const createdAt = deps.clock.now();
    const open = await countOpenInvitations(tx, unitId, createdAt);
    if (open >= mostInvitations) {
      throw residentErrors.TOO_MANY_INVITATIONS({ values: { most: mostInvitations } });
    }
    const code = makeInvitationCode(randomBytes(64));
    const invitation = {
      invitationId: newId(createdAt),
      role,
      note: note?.normalize('NFKC').trim() || null,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + invitationLifeMs),
    };
    const { invitationId: id, ...rest } = invitation;
    const codeIndex = indexOf(deps, tx.companyId, code);
    await insertInvitation(tx, { id, unitId, accountId: actor.id, codeIndex, ...rest });
    await tell(tx, deps, actor, 'resident.invite', { unitId, role });
    const { shortCode } = await companyRow(tx);
    return {
      invitation: shownInvitation(invitation),
      code: printedInvitationCode(code),
      url: `${deps.publicUrl}/r/${shortCode}/invitation/${code}`,
    };
  });
  const qrImage = await QRCode.toDataURL(invited.url, { margin: 2, width: qrWidth });
  return { ...invited, qrImage };
}

/** @throws HOME_OWNER_ONLY, INVITATION_GONE */
export function revoke(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, unitId, invitationId }: OfHome & { readonly invitationId: string },
): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    await requireOwner(tx, actor, unitId);
    const isRevoked = await revokeInvitation(tx, { invitationId, unitId }, deps.clock.now());
    if (!isRevoked) throw residentErrors.INVITATION_GONE();
    await tell(tx, deps, actor, 'resident.revoke_invitation', { unitId });
  });
}

export interface CodeInput {
  readonly actor: ResidentActor;
  readonly code: string;
  readonly ip: string;
}

/** What an invitation is for, before it is accepted. @throws INVITATION_GONE, INVITATION_TRIED_TOO_OFTEN */
export async function lookAtInvitation(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  input: CodeInput,
): Promise<InvitationSeen> {
  await countOrRefuse(deps, input);
  const { companyId } = input.actor;
  const codeIndex = indexOf(deps, companyId, readInvitationCode(input.code));
  const seen = await deps.db.read(companyId, (tx) =>
    invitationOfCode(tx, codeIndex, deps.clock.now()),
  );
  if (!seen) throw residentErrors.INVITATION_GONE();
  const { communityName, label, role, expiresAt, inviterName, inviterPhone } = seen;
  const invitedBy = nameOf(inviterName, inviterPhone);
  return { communityName, label, role, invitedBy, expiresAt: expiresAt.toISOString() };
}

/**
 * Good once: of two who use it at the same moment one gets in. Whoever sends it again after they
 * got in is answered the same. @throws INVITATION_GONE, INVITATION_TRIED_TOO_OFTEN
 */
export async function acceptByCode(deps: ResidentDeps, input: CodeInput): Promise<Home> {
  const { actor } = input;
  await countOrRefuse(deps, input);
  const codeIndex = indexOf(deps, actor.companyId, readInvitationCode(input.code));
  return await deps.db.transaction(actor.companyId, async (tx) => {
    const at = deps.clock.now();
    const [own] = await lockAccounts(tx, [actor.id]);
    const invitation = own && (await lockInvitation(tx, codeIndex, at));
    if (!invitation) throw residentErrors.INVITATION_GONE();
    const { unitId, role } = invitation;
    const known = await currentBinding(tx, { accountId: actor.id, unitId });
    if (known && (invitation.acceptedBy === actor.id || isAtLeast(known.role, role))) {
      return await boundHome(tx, actor.id, unitId);
    }
    if (!invitation.isOpen) throw residentErrors.INVITATION_GONE();
    await acceptInvitation(tx, invitation.id, actor.id, at);
    await bindHome(tx, deps, {
      accountId: actor.id,
      unitId,
      personId: null,
      role,
      boundBy: 'invitation',
      invitationId: invitation.id,
      actor,
      detail: { invitedBy: invitation.ownerId },
    });
    const home = await boundHome(tx, actor.id, unitId);
    const person = nameOf(own.displayName, own.phoneMasked);
    await tellOwners(tx, deps, { ...home, accountId: actor.id, person });
    return home;
  });
}

async function requireOwner(tx: Tx, actor: ResidentActor, unitId: string): Promise<void> {
  const home = await requireHome(tx, actor, unitId);
  if (home.role !== 'owner') throw residentErrors.HOME_OWNER_ONLY();
}

async function countOrRefuse(deps: Pick<Deps, 'db' | 'clock'>, { actor, ip }: CodeInput) {
  const seconds = await countAttempt(deps, actor.companyId, [
    { limit: invitationLimits.account, key: actor.id },
    { limit: invitationLimits.address, key: addressKey(ip) },
  ]);
  if (seconds === undefined) return;
  const hours = Math.ceil(seconds / 3600);
  throw residentErrors.INVITATION_TRIED_TOO_OFTEN({ values: { hours } });
}

function indexOf({ secrets }: Pick<Deps, 'secrets'>, companyId: string, code: string): Buffer {
  return secrets.blindIndex(companyId, 'resident.invitation', code);
}

function nameOf(displayName: string | null, phoneMasked: string | null): string {
  return displayName ?? phoneMasked ?? '住户';
}

function shownInvitation({ createdAt, expiresAt, ...invitation }: OpenInvitation): InvitationView {
  return {
    invitationId: invitation.invitationId,
    role: invitation.role,
    note: invitation.note,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
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

import type {
  HomeApplicationDetail,
  HomeApplicationRow,
  ResidentDetail,
  ResidentRow,
} from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { type ListPage, markForms, pageOf, readMark } from '../../../platform/list-page.ts';
import { homesOfPhone, occupantOfName } from '../../estate/index.ts';
import { endReasonText, historyText } from '../domain/history-text.ts';
import { residentErrors } from '../errors.ts';
import { sessionRows } from '../queries/account.ts';
import {
  type ApplicationFilter,
  type ApplicationRow,
  applicationDetail,
  listApplications,
  photoOf,
} from '../queries/applications.ts';
import { todayOf } from '../queries/contacts.ts';
import { peopleOfHome } from '../queries/homes.ts';
import {
  bindingRows,
  historyRows,
  listResidents,
  type ResidentFilter,
  type ResidentListRow,
  residentDetail,
} from '../queries/residents.ts';
import { opened, sealed } from '../secrets.ts';
import { deviceName } from './show-account.ts';

type ShowDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;
type Paged<Filter> = Omit<Filter, 'after' | 'search'> & { readonly after?: string };

/** The audit log is read over a bounded time. */
const historyYears = 5;

export function showResidents(
  deps: ShowDeps,
  companyId: string,
  { after, search, ...filter }: Paged<ResidentFilter> & { readonly search?: string },
): Promise<ListPage<ResidentRow>> {
  const mark = readMark(after, [markForms.instant, markForms.id]);
  const { limit } = filter;
  const asked = { ...filter, after: mark, limit: limit + 1 };
  const meets = search?.trim() ? readSearch(deps, companyId, search.trim()) : undefined;
  return deps.db.read(companyId, async (tx) => {
    const rows = await listResidents(tx, { ...asked, ...(meets && { search: meets }) });
    return pageOf(rows, limit, shownResident, ({ createdAt, residentId }) => [
      createdAt.toISOString(),
      residentId,
    ]);
  });
}

function readSearch({ secrets }: ShowDeps, companyId: string, label: string) {
  const isPhone = /^1[3-9]\d{9}$/.test(label);
  const phoneIndex = isPhone ? sealed(secrets, companyId, 'phone', label).index : null;
  return { label, phoneIndex, phoneEnd: /^\d{4}$/.test(label) ? label : null };
}

/** @throws RESIDENT_NOT_FOUND */
export function showResident(
  deps: ShowDeps,
  { companyId, permissions }: StaffActor,
  residentId: string,
): Promise<ResidentDetail> {
  return deps.db.read(companyId, async (tx) => {
    const row = await residentDetail(tx, residentId);
    if (!row) throw residentErrors.RESIDENT_NOT_FOUND();
    const at = deps.clock.now();
    const subject = { kind: 'resident', id: residentId } as const;
    const [bindings, sessions, history] = await Promise.all([
      bindingRows(tx, residentId),
      sessionRows(tx, { accountId: residentId, tokenSha256: null, at }),
      shownHistory(tx, deps, subject),
    ]);
    const mayAct = row.state === 'active' && permissions.has('resident.approve');
    return {
      ...shownResident(row),
      emailMasked: row.emailMasked,
      language: row.language,
      isElder: row.isElder,
      wallets: row.wallets.map(({ scope, linkedAt }) => ({
        channel: scope.split('/')[0] ?? scope,
        linkedAt: new Date(linkedAt).toISOString(),
      })),
      bindings: bindings.map(({ boundByName, inviterName, inviterPhone, ...binding }) => ({
        ...binding,
        boundAt: binding.boundAt.toISOString(),
        addedBy: boundByName ?? inviterName ?? inviterPhone,
        endedAt: binding.endedAt?.toISOString() ?? null,
        endReason: binding.endReason && endReasonText(binding.endReason),
      })),
      sessions: sessions.map(({ userAgent, isThis: _none, ...session }) => ({
        ...session,
        createdAt: session.createdAt.toISOString(),
        lastSeenAt: session.lastSeenAt.toISOString(),
        device: deviceName(userAgent),
      })),
      history,
      allowedActions: mayAct ? ['bind', 'end-binding', 'end-sessions'] : [],
    };
  });
}

export function showApplications(
  deps: ShowDeps,
  companyId: string,
  { after, ...filter }: Paged<ApplicationFilter>,
): Promise<ListPage<HomeApplicationRow>> {
  const mark = readMark(after, [markForms.instant, markForms.id]);
  const { limit } = filter;
  return deps.db.read(companyId, async (tx) => {
    const rows = await listApplications(tx, { ...filter, after: mark, limit: limit + 1 });
    return pageOf(rows, limit, shownApplication, ({ createdAt, applicationId }) => [
      createdAt.toISOString(),
      applicationId,
    ]);
  });
}

/** With what the house list says to the name and the phone. @throws APPLICATION_NOT_FOUND */
export function showApplication(
  deps: ShowDeps,
  { companyId, permissions }: StaffActor,
  applicationId: string,
): Promise<HomeApplicationDetail> {
  return deps.db.read(companyId, async (tx) => {
    const row = await applicationDetail(tx, applicationId);
    if (!row) throw residentErrors.APPLICATION_NOT_FOUND();
    const { unitId, nameCipher, phoneCipher } = row;
    const day = await todayOf(tx, deps.clock.now());
    const open = (kind: 'name' | 'phone', cipher: Buffer | null) =>
      cipher && opened(deps.secrets, companyId, kind, cipher);
    const [name, phone] = [open('name', nameCipher), open('phone', phoneCipher)];
    const byName = name && (await occupantOfName(tx, deps.secrets, { unitId, name, day }));
    const byPhone = phone ? await homesOfPhone(tx, deps.secrets, { phone, day }) : [];
    const people = await peopleOfHome(tx, unitId);
    const subject = { kind: 'home-application', id: applicationId } as const;
    const mayDecide = row.state === 'open' && permissions.has('resident.approve');
    return {
      ...shownApplication(row),
      nameMasked: row.nameMasked ?? '—',
      nameOnFile: Boolean(byName),
      phoneOnFile: byPhone.some((home) => home.unitId === unitId),
      reason: row.reason ?? '',
      photoIds: [...row.photoIds],
      decidedBy: row.decidedBy,
      decisionReason: row.decisionReason,
      people: people.map(({ displayName, phoneMasked, role }) => ({
        name: displayName ?? phoneMasked ?? '住户',
        phoneMasked,
        role,
      })),
      history: await shownHistory(tx, deps, subject),
      allowedActions: mayDecide ? ['decide'] : [],
    };
  });
}

export interface Photo {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** A paper of somebody: the look is recorded. @throws PROOF_NOT_FOUND */
export function showPhoto(
  deps: ShowDeps,
  actor: StaffActor,
  asked: { readonly applicationId: string; readonly proofId: string },
): Promise<Photo> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const photo = await photoOf(tx, asked);
    if (!photo) throw residentErrors.PROOF_NOT_FOUND();
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'resident.see_photo',
      subjectKind: 'home-application',
      subjectId: asked.applicationId,
    });
    const text = opened(deps.secrets, tx.companyId, 'photo', photo.contentCipher);
    return { mediaType: photo.mediaType, bytes: Buffer.from(text, 'base64') };
  });
}

async function shownHistory(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  subject: Parameters<typeof historyRows>[1],
) {
  const since = `${clock.now().getUTCFullYear() - historyYears}-01-01`;
  const rows = await historyRows(tx, subject, since);
  return rows.map(({ id, at, actorName, action, detail, unitLabel }) => ({
    id,
    at: at.toISOString(),
    actorName,
    action,
    text: historyText(action, detail, unitLabel),
  }));
}

function shownResident(row: ResidentListRow): ResidentRow {
  const { residentId, displayName, phoneMasked, state, homes, createdAt, lastSeenAt } = row;
  return {
    residentId,
    displayName,
    phoneMasked,
    state,
    homes: [...homes],
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
  };
}

function shownApplication(row: ApplicationRow): HomeApplicationRow {
  return {
    applicationId: row.applicationId,
    residentId: row.residentId,
    applicant: row.displayName ?? row.phoneMasked ?? '住户',
    phoneMasked: row.phoneMasked,
    unitId: row.unitId,
    communityName: row.communityName,
    label: row.label,
    role: row.role,
    photos: row.photos,
    state: row.state,
    createdAt: row.createdAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}

import type { ChannelChangeView } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import type { Deps } from '../../../platform/deps.ts';
import { platformErrors } from '../../../platform/errors.ts';
import type { Words } from '../description.ts';
import type { ChangeState } from '../domain/change.ts';
import { channelsErrors } from '../errors.ts';
import { changeById, type ListedChange, listChanges } from '../queries/change-requests.ts';

const defaultLimit = 50;
/** Pages go on after the id of the last change. */
const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface ChangesQuery {
  readonly state?: ChangeState;
  readonly after?: string;
  readonly limit?: number;
}

/** Newest first, with what the reader may do about each. */
export async function viewChanges(
  deps: Pick<Deps, 'db'>,
  actor: StaffActor,
  { limit = defaultLimit, ...query }: ChangesQuery,
): Promise<{ items: ChannelChangeView[]; next: string | null }> {
  if (query.after !== undefined && !idForm.test(query.after)) {
    const problems = [{ field: 'after', reason: '翻页位置无效，请从第一页重新开始' }];
    throw platformErrors.INPUT_INVALID({ problems });
  }
  const rows = await deps.db.read(actor.companyId, (tx) =>
    listChanges(tx, { ...query, limit: limit + 1 }),
  );
  const items = rows.slice(0, limit).map((row) => viewOf(actor, row));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** @throws CHANNEL_CHANGE_NOT_FOUND */
export async function viewChange(
  deps: Pick<Deps, 'db'>,
  actor: StaffActor,
  id: string,
): Promise<ChannelChangeView> {
  const row = await deps.db.read(actor.companyId, (tx) => changeById(tx, id));
  if (!row) throw channelsErrors.CHANNEL_CHANGE_NOT_FOUND();
  return viewOf(actor, row);
}

function viewOf(actor: StaffActor, row: ListedChange): ChannelChangeView {
  const { subjectId: _subject, proposedById, proposedByName, decidedByName, ...shown } = row;
  return {
    ...shown,
    lines: [...row.lines],
    proposedBy: proposedByName,
    proposedAt: row.proposedAt.toISOString(),
    decidedBy: decidedByName,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    allowedActions: row.state === 'open' ? actionsFor(actor, proposedById) : [],
  };
}

function actionsFor(actor: StaffActor, proposedById: string): ChannelChangeView['allowedActions'] {
  const isOwn = actor.id === proposedById;
  if (isOwn) {
    const no = { allowed: false, reason: ownWords };
    return [
      { action: 'approve', ...no },
      { action: 'reject', ...no },
      { action: 'withdraw', allowed: true, reason: null },
    ];
  }
  const may = actor.permissions.has('channels.approve');
  const answer = { allowed: may, reason: may ? null : permissionWords };
  return [
    { action: 'approve', ...answer },
    { action: 'reject', ...answer },
  ];
}

const ownWords: Words = {
  zh: '这是您自己提交的，请另一位有“审批支付渠道修改”权限的同事处理',
  en: 'You proposed it: ask a colleague who may approve changes of channels',
};
const permissionWords: Words = {
  zh: '您没有“审批支付渠道修改”的权限',
  en: 'You do not have the permission to approve changes of channels',
};

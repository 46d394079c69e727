import type { StaffFilter, StaffView } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import type { Deps } from '../../../platform/deps.ts';
import { lockedUntil } from '../domain/session.ts';
import { identityErrors } from '../errors.ts';
import { guardKeyOf } from '../guard-key.ts';
import { attemptsOf } from '../queries/sign-in-guard.ts';
import { listStaff, type StaffRow } from '../queries/staff.ts';

const defaultLimit = 50;

export interface StaffPage {
  readonly items: StaffView[];
  readonly next: string | null;
}

/** A page of staff with what the reader may do to each. */
export async function showStaff(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: StaffActor,
  filter: StaffFilter & { staffId?: string; after?: string; limit?: number },
): Promise<StaffPage> {
  const limit = filter.limit ?? defaultLimit;
  const rows = await deps.db.read(actor.companyId, (tx) =>
    listStaff(tx, { ...filter, limit: limit + 1 }),
  );
  const page = rows.slice(0, limit);
  const attempts = await attemptsOf(
    deps.db.global,
    page.map(({ loginName }) => guardKeyOf(loginName)),
  );
  const at = deps.clock.now();
  return {
    items: page.map((row) => {
      const guard = attempts.get(guardKeyOf(row.loginName).toString('hex'));
      return viewOf(row, actor, lockedUntil(guard, at));
    }),
    next: rows.length > limit ? (page.at(-1)?.loginName ?? null) : null,
  };
}

/** @throws STAFF_NOT_FOUND */
export async function showOneStaff(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: StaffActor,
  staffId: string,
): Promise<StaffView> {
  const { items } = await showStaff(deps, actor, { staffId, limit: 1 });
  const [staff] = items;
  if (staff === undefined) throw identityErrors.STAFF_NOT_FOUND();
  return staff;
}

function viewOf(row: StaffRow, actor: StaffActor, lockedUntilAt: Date | undefined): StaffView {
  const isOneself = row.id === actor.id;
  const allowedActions = ['edit', 'reset-password'];
  if (row.state === 'active' && !isOneself) allowedActions.push('disable');
  if (row.state === 'disabled') allowedActions.push('enable');
  if (lockedUntilAt !== undefined) allowedActions.push('unlock');
  return {
    ...row,
    lockedUntil: lockedUntilAt?.toISOString() ?? null,
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    allowedActions,
  };
}

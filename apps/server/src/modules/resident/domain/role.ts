import type { BindingRole } from '../queries/homes.ts';

/** What each may see and do, from little to much: a payer pays, an owner lets others in. */
const rank: Readonly<Record<BindingRole, number>> = { payer: 1, family: 2, tenant: 2, owner: 3 };

/** Whether somebody with one role gains nothing by another. */
export function isAtLeast(role: BindingRole, other: BindingRole): boolean {
  return rank[role] >= rank[other];
}

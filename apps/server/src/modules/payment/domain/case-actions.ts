import type { CaseSettlement, SuspenseDetail } from '@wuye-pay/contract';
import type { Bilingual } from './wording.ts';

type CaseAction = SuspenseDetail['allowedActions'][number];
type SettlementAction = CaseSettlement['allowedActions'][number];
type Can = (permission: string) => boolean;

const noPermission: Bilingual = {
  zh: '您没有此项权限，请联系管理员',
  en: 'You do not have this permission',
};
const underWay: Bilingual = {
  zh: '该挂账正由一项退款或抵缴处理，等它结束后再操作',
  en: 'A refund or settlement of this case is under way; wait until it has ended',
};

/** What a reader may propose for a case. */
export function caseActions(
  one: {
    readonly state: 'open' | 'resolved';
    readonly direction: 'in' | 'out';
    readonly isReserved: boolean;
  },
  can: Can,
): CaseAction[] {
  if (one.state === 'resolved') return [];
  const reason = !can('suspense.resolve') ? noPermission : one.isReserved ? underWay : null;
  const actions = one.direction === 'in' ? (['refund', 'settle'] as const) : (['adopt'] as const);
  return actions.map((action) => ({ action, allowed: reason === null, reason }));
}

/** What a reader may do with a proposal to settle bills. */
export function settlementActions(
  one: { readonly state: CaseSettlement['state']; readonly isOwn: boolean },
  can: Can,
): SettlementAction[] {
  if (one.state !== 'requested') return [];
  const own = { zh: '您是申请人，须由另一人处理', en: 'You proposed it; another person decides' };
  const decide = one.isOwn ? own : can('refund.approve') ? null : noPermission;
  const actions: SettlementAction[] = [
    { action: 'approve', allowed: decide === null, reason: decide },
    { action: 'reject', allowed: decide === null, reason: decide },
  ];
  if (!one.isOwn) return actions;
  const cancel = can('suspense.resolve') ? null : noPermission;
  return [...actions, { action: 'cancel', allowed: cancel === null, reason: cancel }];
}

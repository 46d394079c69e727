import type { AdjustmentKind, AdjustmentState, BillAdjustment } from '@wuye-pay/contract';
import type { Bilingual } from '../../charging/index.ts';

interface RequestFacts {
  readonly kind: AdjustmentKind;
  readonly state: AdjustmentState;
  readonly requestedById: string;
}

interface Reader {
  readonly id: string;
  readonly permissions: { has(permission: string): boolean };
}

const own: Bilingual = {
  zh: '您是申请人，须由另一人审批',
  en: 'You asked for it; another person decides',
};
const noPermission: Bilingual = {
  zh: '您没有此项权限，请联系管理员',
  en: 'You do not have this permission; please ask the administrator',
};

/** What fits the state; of it, what this reader may not do, and why. */
export function adjustmentActions(
  { kind, state, requestedById }: RequestFacts,
  { id, permissions }: Reader,
): BillAdjustment['allowedActions'] {
  if (state !== 'requested') return [];
  const isOwn = requestedById === id;
  const hasRight =
    permissions.has('billing.adjust') && (kind !== 'void' || permissions.has('billing.void'));
  const reason = hasRight ? (isOwn ? own : null) : noPermission;
  const decide = (['approve', 'reject'] as const).map((action) => ({
    action,
    allowed: reason === null,
    reason,
  }));
  return isOwn ? [...decide, { action: 'cancel', allowed: true, reason: null }] : decide;
}

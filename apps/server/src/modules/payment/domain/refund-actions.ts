import type { RefundAction } from '@wuye-pay/contract';
import type { ActionName, Obstacle } from './refund.ts';
import type { Bilingual } from './wording.ts';

/** Which permission each action needs; the routes name the same. */
export const refundPermissions: Readonly<Record<ActionName, string>> = {
  approve: 'refund.approve',
  reject: 'refund.approve',
  cancel: 'refund.request',
  retry: 'refund.request',
  reissue: 'refund.request',
  'give-up': 'refund.approve',
  check: 'refund.request',
  'pay-out': 'payment.desk',
};

const names = Object.keys(refundPermissions) as ActionName[];

/** What fits the state; of it, what this reader may not do, and why. */
export function actionsOf(
  can: (permission: string) => boolean,
  obstacleOf: (action: ActionName) => Obstacle | undefined,
): RefundAction[] {
  return names.flatMap((action): RefundAction[] => {
    const obstacle = obstacleOf(action);
    if (obstacle === 'wrong-state' || obstacle === 'not-own') return [];
    const reason = can(refundPermissions[action])
      ? obstacle && reasons[obstacle]
      : { zh: '您没有此项权限，请联系管理员', en: 'You do not have this permission' };
    return [{ action, allowed: reason === undefined, reason: reason ?? null }];
  });
}

const reasons: Readonly<Record<'own' | 'too-early', Bilingual>> = {
  own: { zh: '您是申请人，须由另一人处理', en: 'You asked for it; another person decides' },
  'too-early': {
    zh: '渠道尚无明确答复，系统会继续查询；明确失败或一天后仍查无此单才可操作',
    en: 'The channel has not answered; possible once it failed or is unknown there for a day',
  },
};

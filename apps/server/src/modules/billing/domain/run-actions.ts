import type { Bilingual } from '../../charging/index.ts';

export type RunState = 'draft' | 'published' | 'voided';
export type RunAction = 'publish' | 'discard' | 'void';

export interface AllowedAction {
  action: RunAction;
  allowed: boolean;
  reason: Bilingual | null;
}

/** What decides whether a run may be published, discarded or voided. */
export interface RunFacts {
  readonly state: RunState;
  readonly paidCount: number;
  readonly heldCount: number;
}

/** Every action there is, in the order of the buttons, and why one is not allowed now. */
export function allowedActions(
  facts: RunFacts,
  permissions: { has(permission: string): boolean },
): AllowedAction[] {
  return (['publish', 'discard', 'void'] as const).map((action) => {
    const reason = permissions.has(permissionOf[action]) ? refusal(action, facts) : noPermission;
    return { action, allowed: reason === null, reason };
  });
}

export const permissionOf = {
  publish: 'billing.publish',
  discard: 'billing.issue',
  void: 'billing.void',
} as const;

export const stateText: Readonly<Record<RunState, Bilingual>> = {
  draft: { zh: '草稿', en: 'a draft' },
  published: { zh: '已发布', en: 'published' },
  voided: { zh: '已作废', en: 'voided' },
};

const noPermission = {
  zh: '您没有此项权限，请联系管理员',
  en: 'You do not have this permission; please ask the administrator',
};

function refusal(action: RunAction, facts: RunFacts): Bilingual | null {
  const needed = action === 'void' ? 'published' : 'draft';
  if (facts.state !== needed) {
    return {
      zh: `该批次${stateText[facts.state].zh}，只有${stateText[needed].zh}的批次可以${verb[action].zh}`,
      en: `The run is ${stateText[facts.state].en}; only ${verb[action].en}`,
    };
  }
  if (action !== 'void') return null;
  if (facts.paidCount > 0) {
    return {
      zh: `已有 ${facts.paidCount} 张账单收款，不能整批作废`,
      en: `${facts.paidCount} bills have been paid, so the run cannot be voided`,
    };
  }
  if (facts.heldCount > 0) {
    return {
      zh: `有 ${facts.heldCount} 张账单正在支付，请等支付结束`,
      en: `${facts.heldCount} bills are being paid right now; please wait for the end`,
    };
  }
  return null;
}

const verb: Readonly<Record<RunAction, Bilingual>> = {
  publish: { zh: '发布', en: 'a draft can be published' },
  discard: { zh: '放弃', en: 'a draft can be discarded' },
  void: { zh: '作废', en: 'a published run can be voided' },
};

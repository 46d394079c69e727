import type { ReminderReason } from '@wuye-pay/contract';
import { useTranslation } from 'react-i18next';
import type { Answer, Item } from '../api/client.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';

export type Plan = Item<'GET /api/reminder-plans'>;
export type Step = Plan['steps'][number];
export type Reminder = Item<'GET /api/reminders'>;
export type Preview = Answer<'POST /api/reminder-plans/:reminderPlanId/preview'>;

export const vias = ['wechat-subscription', 'alipay-message', 'push', 'sms', 'email'] as const;
export type Via = (typeof vias)[number];
export const audiences = ['everybody', 'bound', 'owner', 'print'] as const;
export type Audience = (typeof audiences)[number];

const tones: Readonly<Record<Reminder['state'], Tone>> = {
  planned: 'default',
  queued: 'processing',
  released: 'success',
  failed: 'error',
  dropped: 'warning',
  'to-print': 'processing',
  printed: 'success',
};
export const states = Object.keys(tones) as Reminder['state'][];

/** Each of them, or this does not compile. */
const everyReason: Readonly<Record<ReminderReason, true>> = {
  paid: true,
  disputed: true,
  paused: true,
  'below-minimum': true,
  cap: true,
  'no-contact': true,
  'opted-out': true,
  replaced: true,
  'plan-paused': true,
  'out-of-date': true,
  'moved-out': true,
};
export const reasons = Object.keys(everyReason) as ReminderReason[];

export function ReminderStateTag({ state }: { readonly state: Reminder['state'] }) {
  const { t } = useTranslation('reminders');
  return <StateTag tone={tones[state]}>{t(`state.${state}`)}</StateTag>;
}

const planTones = { draft: 'default', active: 'success', paused: 'warning' } as const;

export function PlanStateTag({ state }: { readonly state: Plan['state'] }) {
  const { t } = useTranslation('reminders');
  return <StateTag tone={planTones[state]}>{t(`plan.state.${state}`)}</StateTag>;
}

/** "到期前3天"; null: by hand. */
export function useStepWords(): (days: number | null) => string {
  const { t } = useTranslation('reminders');
  return (days) => {
    if (days === null) return t('step.byHand');
    if (days === 0) return t('step.due');
    return days < 0 ? t('step.before', { count: -days }) : t('step.after', { count: days });
  };
}

/** "先试微信，不成再试短信" */
export function useWaysWords(): (ways: readonly Via[]) => string {
  const { t } = useTranslation('reminders');
  return (ways) => {
    const [first, ...rest] = ways.map((via) => t(`via.${via}`));
    if (first === undefined) return t('step.print');
    if (rest.length === 0) return t('step.only', { first });
    return t('step.order', { first, rest: rest.join('、') });
  };
}

/** The template that fits the days: words before, on and after the due day differ. */
export function templateOf(days: number): string {
  if (days === 0) return 'reminder.due';
  return days < 0 ? 'reminder.upcoming' : 'reminder.overdue';
}

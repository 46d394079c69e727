/** What a variable holds, so that it can be checked before a provider refuses it. */
export type VariableKind = 'text' | 'amount' | 'day' | 'month' | 'count' | 'code' | 'phone';

export interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface Variable {
  readonly name: string;
  readonly label: Words;
  readonly kind: VariableKind;
  readonly sample: Words;
}

export interface TemplateText {
  /** Of a push or a mail; an SMS has none. */
  readonly title: string;
  /** `{unit}` stands for a variable, `{link}` for the link. */
  readonly body: string;
}

/** A message that the system knows how to write; the built-in words are the default. */
export interface TemplateDefinition {
  readonly key: string;
  readonly purpose: string;
  readonly label: Words;
  /** Marketing carries the way to refuse it, and leaves in the hours that are allowed for it. */
  readonly isMarketing?: true;
  readonly hasLink?: true;
  readonly variables: readonly Variable[];
  readonly texts: { readonly zh: TemplateText; readonly en: TemplateText };
}

const variable = (
  name: string,
  kind: VariableKind,
  label: Words,
  sample: Words = label,
): Variable => ({ name, kind, label, sample });

/** Variables that several templates share. */
export const variables = {
  community: variable(
    'community',
    'text',
    { zh: '小区', en: 'Community' },
    { zh: '春江花园', en: 'Spring River' },
  ),
  unit: variable('unit', 'text', { zh: '房号', en: 'Home' }, { zh: '1栋2单元301', en: '1-2-301' }),
  amount: variable(
    'amount',
    'amount',
    { zh: '金额（元）', en: 'Amount in yuan' },
    { zh: '740.70', en: '740.70' },
  ),
  months: variable(
    'months',
    'text',
    { zh: '费用月份', en: 'Months' },
    { zh: '2026年11月', en: 'Nov 2026' },
  ),
  dueOn: variable(
    'dueOn',
    'day',
    { zh: '到期日', en: 'Due day' },
    { zh: '2026年11月30日', en: '30 Nov 2026' },
  ),
  daysLate: variable(
    'daysLate',
    'count',
    { zh: '逾期天数', en: 'Days late' },
    { zh: '12', en: '12' },
  ),
  code: variable('code', 'code', { zh: '验证码', en: 'Code' }, { zh: '482915', en: '482915' }),
  minutes: variable(
    'minutes',
    'count',
    { zh: '有效分钟数', en: 'Minutes it is good for' },
    { zh: '5', en: '5' },
  ),
  debitOn: variable(
    'debitOn',
    'day',
    { zh: '扣款日', en: 'Day of the debit' },
    { zh: '2026年12月1日', en: '1 Dec 2026' },
  ),
  wallet: variable(
    'wallet',
    'text',
    { zh: '扣款方式', en: 'Debited from' },
    { zh: '微信支付', en: 'WeChat Pay' },
  ),
  reason: variable(
    'reason',
    'text',
    { zh: '原因', en: 'Reason' },
    { zh: '余额不足', en: 'Balance too low' },
  ),
  paidOn: variable(
    'paidOn',
    'day',
    { zh: '缴费日', en: 'Paid on' },
    { zh: '2026年11月24日', en: '24 Nov 2026' },
  ),
  ticketNo: variable(
    'ticketNo',
    'code',
    { zh: '工单号', en: 'Ticket' },
    { zh: 'BS2611240001', en: 'BS2611240001' },
  ),
  title: variable(
    'title',
    'text',
    { zh: '事项', en: 'Subject' },
    { zh: '楼道灯不亮', en: 'Light in the stairway' },
  ),
  person: variable('person', 'text', { zh: '称呼', en: 'Who' }, { zh: '王*明', en: 'W. Ming' }),
  week: variable(
    'week',
    'text',
    { zh: '周', en: 'Week' },
    { zh: '2026-11-16 至 2026-11-22', en: '2026-11-16 to 2026-11-22' },
  ),
  summary: variable(
    'summary',
    'text',
    { zh: '摘要', en: 'Summary' },
    { zh: '新报事 12 件，解决 9 件', en: '12 tickets opened, 9 resolved' },
  ),
  result: variable(
    'result',
    'text',
    { zh: '结果', en: 'Result' },
    { zh: '已通过', en: 'approved' },
  ),
} as const;

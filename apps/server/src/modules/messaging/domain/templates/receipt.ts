import { type TemplateDefinition, variables } from '../variable.ts';

const { community, unit, amount, paidOn } = variables;

export const receiptTemplates: readonly TemplateDefinition[] = [
  {
    key: 'receipt.paid',
    purpose: 'receipt',
    label: { zh: '缴费成功', en: 'Paid' },
    hasLink: true,
    variables: [community, unit, amount, paidOn],
    texts: {
      zh: {
        title: '缴费成功',
        body: '{community}{unit}已于{paidOn}缴费{amount}元，查看收据：{link}',
      },
      en: {
        title: 'Payment received',
        body: '{community} {unit}: {amount} yuan paid on {paidOn}. Receipt: {link}',
      },
    },
  },
];

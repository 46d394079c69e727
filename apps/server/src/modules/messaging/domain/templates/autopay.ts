import { type TemplateDefinition, variables } from '../variable.ts';

const { community, unit, amount, debitOn, wallet, reason, paidOn } = variables;

export const autopayTemplates: readonly TemplateDefinition[] = [
  {
    key: 'autopay.notice',
    purpose: 'autopay',
    label: { zh: '代扣前通知', en: 'Before a debit' },
    hasLink: true,
    variables: [community, unit, amount, debitOn, wallet],
    texts: {
      zh: {
        title: '即将自动扣款',
        body: '{community}{unit}的物业账单{amount}元将于{debitOn}从{wallet}自动扣款，可提前跳过或停止：{link}',
      },
      en: {
        title: 'Automatic payment ahead',
        body: '{community} {unit}: {amount} yuan will be debited from {wallet} on {debitOn}: {link}',
      },
    },
  },
  {
    key: 'autopay.retry',
    purpose: 'autopay',
    label: { zh: '代扣重试前通知', en: 'Before a debit is tried again' },
    hasLink: true,
    variables: [community, unit, amount, reason, debitOn, wallet],
    texts: {
      zh: {
        title: '自动扣款没有成功，将再试一次',
        body: '{community}{unit}物业账单{amount}元没有扣成（{reason}），将于{debitOn}从{wallet}再次扣款：{link}',
      },
      en: {
        title: 'Automatic payment is tried again',
        body: '{community} {unit}: the debit of {amount} yuan failed ({reason}); next try on {debitOn} from {wallet}: {link}',
      },
    },
  },
  {
    key: 'autopay.paid',
    purpose: 'autopay',
    label: { zh: '代扣成功', en: 'Debit done' },
    hasLink: true,
    variables: [community, unit, amount, paidOn, wallet],
    texts: {
      zh: {
        title: '自动扣款成功',
        body: '{community}{unit}的物业账单{amount}元已于{paidOn}从{wallet}扣款成功，查看收据：{link}',
      },
      en: {
        title: 'Paid automatically',
        body: '{community} {unit}: {amount} yuan was debited from {wallet} on {paidOn}: {link}',
      },
    },
  },
  {
    key: 'autopay.failed',
    purpose: 'autopay',
    label: { zh: '代扣失败', en: 'Debit failed' },
    hasLink: true,
    variables: [community, unit, amount, reason],
    texts: {
      zh: {
        title: '自动扣款没有成功',
        body: '{community}{unit}的物业账单{amount}元自动扣款没有成功（{reason}），请自行缴纳：{link}',
      },
      en: {
        title: 'Automatic payment failed',
        body: '{community} {unit}: the debit of {amount} yuan failed ({reason}). Pay: {link}',
      },
    },
  },
  {
    key: 'autopay.stopped',
    purpose: 'autopay',
    label: { zh: '代扣已停止', en: 'Autopay stopped' },
    hasLink: true,
    variables: [community, unit, reason],
    texts: {
      zh: {
        title: '自动扣款已停止',
        body: '{community}{unit}的自动扣款已停止（{reason}），之后的账单请自行缴纳：{link}',
      },
      en: {
        title: 'Autopay stopped',
        body: '{community} {unit}: autopay has stopped ({reason}). Please pay by hand: {link}',
      },
    },
  },
];

import { type TemplateDefinition, variables } from '../variable.ts';

const { community, unit, amount, months, dueOn, daysLate } = variables;

export const reminderTemplates: readonly TemplateDefinition[] = [
  {
    key: 'reminder.upcoming',
    purpose: 'reminder',
    label: { zh: '到期前提醒', en: 'Before the due day' },
    hasLink: true,
    variables: [community, unit, months, amount, dueOn],
    texts: {
      zh: {
        title: '物业费待缴',
        body: '{community}{unit}的{months}物业账单{amount}元，请于{dueOn}前缴纳，点击查看：{link}',
      },
      en: {
        title: 'Property bill to pay',
        body: '{community} {unit}: {amount} yuan for {months}, due {dueOn}. See: {link}',
      },
    },
  },
  {
    key: 'reminder.due',
    purpose: 'reminder',
    label: { zh: '到期日提醒', en: 'On the due day' },
    hasLink: true,
    variables: [community, unit, months, amount, dueOn],
    texts: {
      zh: {
        title: '物业费今天到期',
        body: '{community}{unit}的{months}物业账单{amount}元今天（{dueOn}）到期，点击缴纳：{link}',
      },
      en: {
        title: 'Property bill due today',
        body: '{community} {unit}: {amount} yuan for {months} is due today ({dueOn}). Pay: {link}',
      },
    },
  },
  {
    key: 'reminder.overdue',
    purpose: 'reminder',
    label: { zh: '逾期提醒', en: 'After the due day' },
    hasLink: true,
    variables: [community, unit, months, amount, daysLate],
    texts: {
      zh: {
        title: '物业费已逾期',
        body: '{community}{unit}的{months}物业账单{amount}元已逾期{daysLate}天，请尽快缴纳：{link} 如已缴费请忽略',
      },
      en: {
        title: 'Property bill overdue',
        body: '{community} {unit}: {amount} yuan for {months}, {daysLate} days late. Pay: {link}',
      },
    },
  },
];

import { type TemplateDefinition, variables } from '../variable.ts';

const { ticketNo, title, result, week, summary } = variables;

export const feedbackTemplates: readonly TemplateDefinition[] = [
  {
    key: 'feedback.progress',
    purpose: 'feedback',
    label: { zh: '报事进展', en: 'Progress of a ticket' },
    hasLink: true,
    variables: [ticketNo, title, result],
    texts: {
      zh: { title: '报事有新进展', body: '您的报事{ticketNo}“{title}”{result}，查看：{link}' },
      en: { title: 'News on your ticket', body: 'Ticket {ticketNo} “{title}”: {result}. {link}' },
    },
  },
  {
    key: 'feedback.replied',
    purpose: 'feedback',
    label: { zh: '报事有回复', en: 'A ticket was answered' },
    hasLink: true,
    variables: [ticketNo, title],
    texts: {
      zh: { title: '报事有回复', body: '您的报事{ticketNo}“{title}”有新回复，查看：{link}' },
      en: { title: 'Your ticket was answered', body: 'Ticket {ticketNo} “{title}”: see {link}' },
    },
  },
  {
    key: 'feedback.done',
    purpose: 'feedback',
    label: { zh: '报事已办结', en: 'A ticket is done' },
    hasLink: true,
    variables: [ticketNo, title],
    texts: {
      zh: { title: '报事已办结', body: '您的报事{ticketNo}“{title}”已办结，请评价：{link}' },
      en: {
        title: 'Your ticket is done',
        body: 'Ticket {ticketNo} “{title}” is done. Rate: {link}',
      },
    },
  },
  {
    key: 'feedback.dispute',
    purpose: 'feedback',
    label: { zh: '账单异议有答复', en: 'A dispute was answered' },
    hasLink: true,
    variables: [ticketNo, title, result],
    texts: {
      zh: {
        title: '账单异议有答复',
        body: '您对“{title}”的异议（{ticketNo}）{result}，查看：{link}',
      },
      en: { title: 'Your dispute was answered', body: '{ticketNo} on “{title}”: {result}. {link}' },
    },
  },
  {
    key: 'feedback.overdue',
    purpose: 'feedback',
    label: { zh: '报事超时（给员工）', en: 'A ticket is late (to staff)' },
    hasLink: true,
    variables: [ticketNo, title, result],
    texts: {
      zh: { title: '报事{ticketNo}{result}超时', body: '“{title}”{result}已超时，请处理：{link}' },
      en: { title: 'Ticket {ticketNo} is late', body: '“{title}”: {result} is late. {link}' },
    },
  },
  {
    key: 'feedback.digest',
    purpose: 'feedback',
    label: { zh: '报事周报（给员工）', en: 'Weekly digest (to staff)' },
    hasLink: true,
    variables: [week, summary],
    texts: {
      zh: { title: '报事周报 {week}', body: '{summary}。查看：{link}' },
      en: { title: 'Feedback digest {week}', body: '{summary}. {link}' },
    },
  },
];

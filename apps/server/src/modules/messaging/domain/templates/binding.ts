import { type TemplateDefinition, variables } from '../variable.ts';

const { community, unit, person, result } = variables;

export const bindingTemplates: readonly TemplateDefinition[] = [
  {
    key: 'binding.invitation',
    purpose: 'binding',
    label: { zh: '房屋邀请', en: 'Invitation to a home' },
    hasLink: true,
    variables: [community, unit, person],
    texts: {
      zh: {
        title: '邀请您绑定房屋',
        body: '{person}邀请您绑定{community}{unit}，绑定后可查看和缴纳账单：{link}',
      },
      en: {
        title: 'You are invited to a home',
        body: '{person} invites you to {community} {unit}, to see and pay its bills: {link}',
      },
    },
  },
  {
    key: 'binding.decided',
    purpose: 'binding',
    label: { zh: '绑定申请结果', en: 'An application was decided' },
    hasLink: true,
    variables: [community, unit, result],
    texts: {
      zh: { title: '房屋绑定结果', body: '您绑定{community}{unit}的申请{result}，查看：{link}' },
      en: {
        title: 'Your application',
        body: 'Your application for {community} {unit}: {result}. {link}',
      },
    },
  },
  {
    key: 'binding.joined',
    purpose: 'binding',
    label: { zh: '有人绑定了您的房屋', en: 'Somebody joined your home' },
    hasLink: true,
    variables: [community, unit, person],
    texts: {
      zh: {
        title: '有人绑定了您的房屋',
        body: '{person}已绑定{community}{unit}，如非您认可请移除：{link}',
      },
      en: {
        title: 'Somebody joined your home',
        body: '{person} joined {community} {unit}. Not right? {link}',
      },
    },
  },
];

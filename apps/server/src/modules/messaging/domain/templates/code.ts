import { type TemplateDefinition, variables } from '../variable.ts';

const { code, minutes } = variables;

export const codeTemplates: readonly TemplateDefinition[] = [
  {
    key: 'code.sign-in',
    purpose: 'code',
    label: { zh: '登录验证码', en: 'Sign-in code' },
    variables: [code, minutes],
    texts: {
      zh: { title: '登录验证码', body: '验证码{code}，{minutes}分钟内有效，请勿告诉他人。' },
      en: { title: 'Sign-in code', body: 'Your code is {code}, good for {minutes} minutes.' },
    },
  },
];

import { defineErrors } from '../../platform/errors.ts';

export const identityErrors = defineErrors({
  SIGN_IN_FAILED: {
    status: 401,
    retry: false,
    zh: '登录名或密码不正确，请检查后重新输入',
    en: 'The login name or password is not right; please check both and try again',
  },
  SIGN_IN_LOCKED: {
    status: 429,
    retry: true,
    zh: '登录尝试过多，请 {minutes} 分钟后再试，或请管理员解除锁定',
    en: 'Too many attempts; try again in {minutes} minutes or ask the administrator to unlock you',
  },
  STAFF_DISABLED: {
    status: 403,
    retry: false,
    zh: '该账号已停用，请联系管理员',
    en: 'This account is disabled; please ask the administrator',
  },
  STAFF_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该员工',
    en: 'No such member of staff',
  },
  ROLE_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到所选的角色，请刷新页面后重新选择',
    en: 'No such role; please reload the page and choose again',
  },
  LOGIN_NAME_TAKEN: {
    status: 409,
    retry: false,
    zh: '登录名“{loginName}”已被使用，请换一个，例如在后面加上公司代码',
    en: 'The login name "{loginName}" is taken; choose another, for example with the company code',
  },
  SHORT_CODE_TAKEN: {
    status: 409,
    retry: false,
    zh: '公司代码“{shortCode}”已被使用，请换一个',
    en: 'The company code "{shortCode}" is taken; please choose another',
  },
  COMPANY_INVALID: {
    status: 400,
    retry: false,
    zh: '公司信息有误，请按提示修改',
    en: 'Some of the company details are not valid; please correct the fields named',
  },
  PASSWORD_WEAK: {
    status: 400,
    retry: false,
    zh: '密码太容易被猜到，请换一个更长的或包含多个词的密码',
    en: 'This password is easy to guess; please choose a longer one or several words',
  },
  PASSWORD_WRONG: {
    status: 400,
    retry: false,
    zh: '当前密码不正确，请重新输入',
    en: 'The current password is not right; please enter it again',
  },
  CANNOT_DISABLE_ONESELF: {
    status: 409,
    retry: false,
    zh: '不能停用自己的账号，请由另一位管理员操作',
    en: 'You cannot disable your own account; another administrator can',
  },
  LAST_ADMINISTRATOR: {
    status: 409,
    retry: false,
    zh: '这是最后一位可以管理员工的人，请先给另一位员工管理权限',
    en: 'This is the last person who can manage staff; give another one that permission first',
  },
});

import { defineErrors } from '../../platform/errors.ts';

export const residentErrors = defineErrors({
  HOME_NOT_BOUND: {
    status: 404,
    retry: false,
    zh: '您还没有绑定这套房屋，请先绑定',
    en: 'This home is not bound to your account; please bind it first',
  },
});

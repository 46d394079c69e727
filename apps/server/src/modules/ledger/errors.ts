import { defineErrors } from '../../platform/errors.ts';

export const ledgerErrors = defineErrors({
  LEDGER_QUERY_INVALID: {
    status: 400,
    retry: false,
    zh: '查询条件有误，请按提示修改',
    en: 'Some of the filters are not valid; please correct the ones named',
  },
});

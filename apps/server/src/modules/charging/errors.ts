import { defineErrors } from '../../platform/errors.ts';

export const chargingErrors = defineErrors({
  FEE_ITEM_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该收费项目',
    en: 'There is no such fee item',
  },
  FEE_ITEM_NAME_TAKEN: {
    status: 409,
    retry: false,
    zh: '已有名为「{name}」的收费项目，请换一个名称',
    en: 'There is a fee item named "{name}" already; please choose another name',
  },
  FEE_ITEM_RETIRED: {
    status: 409,
    retry: false,
    zh: '收费项目「{name}」已停用，请先启用',
    en: 'The fee item "{name}" is retired; please activate it first',
  },
  TARIFF_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该收费标准',
    en: 'There is no such tariff',
  },
  TARIFF_INVALID: {
    status: 400,
    retry: false,
    zh: '收费标准有误，请按提示修改',
    en: 'The tariff is not valid; please correct the fields named',
  },
  TARIFF_FOLLOWED: {
    status: 409,
    retry: false,
    zh: '该版本已有新版本（第 {version} 版），请在新版本上操作',
    en: 'This version was followed by version {version}; please use that one',
  },
  ASSIGNMENT_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该收费分配',
    en: 'There is no such assignment',
  },
  ASSIGNMENT_INVALID: {
    status: 400,
    retry: false,
    zh: '收费分配有误，请按提示修改',
    en: 'The assignment is not valid; please correct the fields named',
  },
  ASSIGNMENT_NO_UNITS: {
    status: 409,
    retry: false,
    zh: '所选范围内没有在用的房屋，请调整筛选条件',
    en: 'No active unit matches; please change the filter',
  },
});

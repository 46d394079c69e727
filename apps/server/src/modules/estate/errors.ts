import { defineErrors } from '../../platform/errors.ts';

export const estateErrors = defineErrors({
  COMMUNITY_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这个小区',
    en: 'There is no such community',
  },
  COMMUNITY_EXISTS: {
    status: 409,
    retry: false,
    zh: '已有名为“{name}”的小区，请换一个名称',
    en: 'There is already a community named "{name}"; please choose another name',
  },
  UNIT_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这套房屋',
    en: 'There is no such unit',
  },
  DOOR_TAKEN: {
    status: 409,
    retry: false,
    zh: '同一单元已有门牌号“{doorNo}”，请核对',
    en: 'This entrance already has the door number "{doorNo}"',
  },
  PERSON_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这个人',
    en: 'There is no such person',
  },
  PERSON_DATA_INVALID: {
    status: 400,
    retry: false,
    zh: '人员资料有误，请按提示修改',
    en: 'Some data of the person is not valid; please correct the fields named',
  },
  OCCUPANCY_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '这个人不在这套房屋名下，或已经结束',
    en: 'This person does not belong to the unit, or has already left',
  },
  DAYS_OUT_OF_ORDER: {
    status: 400,
    retry: false,
    zh: '结束日期 {toOn} 早于开始日期 {fromOn}，请核对',
    en: 'The last day {toOn} is before the first day {fromOn}',
  },
  IMPORT_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这次导入，可能已被删除',
    en: 'There is no such import; it may have been deleted',
  },
  IMPORT_BUSY: {
    status: 409,
    retry: true,
    zh: '这次导入正在处理，请等它完成后再操作',
    en: 'This import is being worked on; please wait until it is done',
  },
  IMPORT_APPLIED: {
    status: 409,
    retry: false,
    zh: '这次导入已经完成，不能再修改；如需更改请重新上传',
    en: 'This import has been applied; please upload the file again for changes',
  },
  IMPORT_NOT_READY: {
    status: 409,
    retry: false,
    zh: '现在还不能导入：{reason}',
    en: 'The import cannot be applied yet: {reason}',
  },
  IMPORT_MAPPING_INVALID: {
    status: 400,
    retry: false,
    zh: '对应关系有误：{reason}',
    en: 'The mapping is not valid: {reason}',
  },
  FILE_MISSING: {
    status: 400,
    retry: false,
    zh: '请选择要导入的 Excel（.xlsx）或 CSV 文件',
    en: 'Please choose an Excel (.xlsx) or CSV file',
  },
});

import { defineErrors } from '../../platform/errors.ts';

export const bankErrors = defineErrors({
  BANK_ACCOUNT_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这个银行账户',
    en: 'There is no such bank account',
  },
  BANK_ACCOUNT_EXISTS: {
    status: 409,
    retry: false,
    zh: '已有同名或同账号的银行账户，请核对',
    en: 'There is already a bank account of this name or number',
  },
  TRANSFER_UNIT_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这套房屋',
    en: 'There is no such unit',
  },
  TRANSFER_COMMUNITY_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这个小区',
    en: 'There is no such community',
  },
  SUB_ACCOUNT_TAKEN: {
    status: 409,
    retry: false,
    zh: '子账号 {number} 已分配给另一套房屋，请核对银行的分配表',
    en: 'The sub-account {number} belongs to another unit; please check the list of the bank',
  },
  SUB_ACCOUNTS_INVALID: {
    status: 400,
    retry: false,
    zh: '子账号文件有误，没有导入任何一行；请按提示修改后重新上传',
    en: 'The list of sub-accounts has faults and nothing was imported; please correct it',
  },
  BANK_LAYOUT_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这个对账单版式',
    en: 'There is no such statement layout',
  },
  BANK_LAYOUT_EXISTS: {
    status: 409,
    retry: false,
    zh: '已有名为“{name}”的版式，请换一个名称',
    en: 'There is already a layout named "{name}"; please choose another name',
  },
  BANK_LAYOUT_INVALID: {
    status: 400,
    retry: false,
    zh: '版式还不完整：没有指定{what}',
    en: 'The layout is not complete: it does not say {what}',
  },
  BANK_LAYOUT_UNFIT: {
    status: 400,
    retry: false,
    zh: '在文件前 {rows} 行里没有找到版式“{name}”的表头，请核对各列的对应',
    en: 'The headings of the layout "{name}" are not in the first {rows} rows of the file',
  },
  BANK_RULE_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这条规则',
    en: 'There is no such rule',
  },
  BANK_RULE_EXISTS: {
    status: 409,
    retry: false,
    zh: '已有同样的规则',
    en: 'There is already such a rule',
  },
  BANK_IMPORT_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这次导入，可能已被删除',
    en: 'There is no such import; it may have been deleted',
  },
  BANK_IMPORT_BUSY: {
    status: 409,
    retry: true,
    zh: '这次导入正在处理，请等它完成后再操作',
    en: 'This import is being worked on; please wait until it is done',
  },
  BANK_IMPORT_APPLIED: {
    status: 409,
    retry: false,
    zh: '这次导入已经入账，不能再修改',
    en: 'This import is in the books and cannot be changed any more',
  },
  BANK_IMPORT_NOT_READY: {
    status: 409,
    retry: false,
    zh: '现在还不能入账：{reason}',
    en: 'The import cannot be taken over yet: {reason}',
  },
  STATEMENT_FILE_MISSING: {
    status: 400,
    retry: false,
    zh: '请选择银行账户，再选择对账单文件（.xlsx、.csv 或 camt.053 的 .xml）',
    en: 'Please choose a bank account and a statement (.xlsx, .csv or a camt.053 .xml)',
  },
  CAMT_UNREADABLE: {
    status: 400,
    retry: false,
    zh: '读不了这个 camt.053 文件：{reason}',
    en: 'This camt.053 file cannot be read: {reason}',
  },
  BANK_ENTRY_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这笔流水',
    en: 'There is no such entry',
  },
  BANK_ENTRY_NOT_OPEN: {
    status: 409,
    retry: false,
    zh: '这笔流水没有挂账的余款，不用匹配；请刷新查看',
    en: 'Nothing of this entry lies in suspense; please reload',
  },
});

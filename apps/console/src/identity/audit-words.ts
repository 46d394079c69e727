interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Every act that the audit knows, in the words of the screens. A test holds it against the server. */
export const actionWords: Readonly<Record<string, Words>> = {
  'billing.discard_run': { zh: '放弃出账草稿', en: 'Discarded a draft bill run' },
  'billing.draft_run': { zh: '生成出账草稿', en: 'Drafted a bill run' },
  'billing.publish_run': { zh: '发布账单', en: 'Published a bill run' },
  'billing.void_run': { zh: '整批作废账单', en: 'Voided a bill run' },
  'channels.change_merchant_account': { zh: '修改商户号', en: 'Changed a merchant account' },
  'channels.create_merchant_account': { zh: '新增商户号', en: 'Added a merchant account' },
  'charging.add_tariff': { zh: '新增收费标准', en: 'Added a tariff' },
  'charging.assign_tariff': { zh: '指定收费关系', en: 'Assigned a tariff' },
  'charging.change_fee_item': { zh: '修改收费项目', en: 'Changed a fee item' },
  'charging.create_fee_item': { zh: '新增收费项目', en: 'Added a fee item' },
  'charging.end_assignment': { zh: '终止收费关系', en: 'Ended an assignment' },
  'charging.end_tariff': { zh: '终止收费标准', en: 'Ended a tariff' },
  'charging.import_fees': { zh: '导入收费关系', en: 'Imported assignments' },
  'charging.withdraw_assignment': { zh: '撤回收费关系', en: 'Withdrew an assignment' },
  'estate.add_person': { zh: '新增住户', en: 'Added a person' },
  'estate.apply_import': { zh: '写入导入', en: 'Applied an import' },
  'estate.change_area': { zh: '变更面积', en: 'Changed an area' },
  'estate.create_community': { zh: '新增小区', en: 'Added a community' },
  'estate.delete_import': { zh: '删除导入', en: 'Deleted an import' },
  'estate.edit_person': { zh: '修改住户资料', en: 'Edited a person' },
  'estate.edit_unit': { zh: '编辑房屋', en: 'Edited a unit' },
  'estate.end_person': { zh: '住户迁出', en: 'Moved a person out' },
  'estate.replace_room_code': { zh: '更换房屋码', en: 'Replaced a room code' },
  'estate.reveal_person': { zh: '查看完整资料', en: 'Revealed a person' },
  'estate.upload_import': { zh: '上传导入文件', en: 'Uploaded an import' },
  'identity.change_password': { zh: '修改密码', en: 'Changed the password' },
  'identity.create_company': { zh: '开通物业公司', en: 'Set up the company' },
  'identity.create_staff': { zh: '新增员工', en: 'Added staff' },
  'identity.edit_staff': { zh: '编辑员工', en: 'Edited staff' },
  'identity.sign_in': { zh: '登录', en: 'Signed in' },
  'identity.sign_in_locked': { zh: '登录被锁定', en: 'Sign-in was locked' },
  'identity.sign_out': { zh: '退出登录', en: 'Signed out' },
  'payment.take_cash': { zh: '收现金', en: 'Took cash' },
  'payment.take_cheque': { zh: '收支票', en: 'Took a cheque' },
  'payment.take_pos': { zh: '登记 POS 刷卡', en: 'Recorded a card slip' },
  'payment.take_code': { zh: '扫付款码收款', en: 'Charged a payment code' },
};

export const subjectWords: Readonly<Record<string, Words>> = {
  assignment: { zh: '收费关系', en: 'Assignment' },
  bill_run: { zh: '出账', en: 'Bill run' },
  community: { zh: '小区', en: 'Community' },
  company: { zh: '物业公司', en: 'Company' },
  fee_item: { zh: '收费项目', en: 'Fee item' },
  import: { zh: '导入', en: 'Import' },
  'merchant-account': { zh: '商户号', en: 'Merchant account' },
  payment: { zh: '收款', en: 'Payment' },
  person: { zh: '住户', en: 'Person' },
  staff: { zh: '员工', en: 'Staff' },
  tariff: { zh: '收费标准', en: 'Tariff' },
  unit: { zh: '房屋', en: 'Unit' },
};

/** What a role can allow, with the words that the console shows. Routes name these. */
export const permissions = [
  { name: 'identity.manage', zh: '管理员工与角色', en: 'Manage staff and roles' },
  { name: 'audit.read', zh: '查看操作日志', en: 'Read the audit log' },
  { name: 'estate.read', zh: '查看房屋与业主', en: 'See units and owners' },
  { name: 'estate.write', zh: '编辑与导入房屋', en: 'Edit and import units' },
  { name: 'estate.reveal', zh: '查看完整手机号等个人信息（留痕）', en: 'See clear personal data' },
  { name: 'charging.read', zh: '查看收费项目与标准', en: 'See fee items and tariffs' },
  { name: 'charging.write', zh: '编辑收费项目与标准', en: 'Edit fee items and tariffs' },
  { name: 'billing.read', zh: '查看账单', en: 'See bills' },
  { name: 'billing.issue', zh: '生成出账草稿', en: 'Draft bill runs' },
  { name: 'billing.publish', zh: '发布账单', en: 'Publish bill runs' },
  { name: 'billing.void', zh: '作废账单', en: 'Void bill runs' },
  { name: 'ledger.read', zh: '查看总账', en: 'See the ledger' },
  { name: 'payment.read', zh: '查看收款', en: 'See payments' },
  { name: 'payment.desk', zh: '前台收款', en: 'Take payments at the desk' },
  { name: 'suspense.resolve', zh: '处理挂账款', en: 'Resolve suspense cases' },
  { name: 'refund.request', zh: '申请退款', en: 'Ask for refunds' },
  { name: 'refund.approve', zh: '审批退款与挂账处理', en: 'Approve refunds and resolutions' },
  { name: 'bank.read', zh: '查看银行账户与流水', en: 'See bank accounts and entries' },
  { name: 'bank.import', zh: '导入银行流水', en: 'Import bank statements' },
  { name: 'bank.write', zh: '配置银行账户与识别规则', en: 'Configure bank accounts and rules' },
  { name: 'billing.adjust', zh: '调整单张账单', en: 'Adjust single bills' },
  { name: 'prepayment.read', zh: '查看预存', en: 'See prepayments' },
  { name: 'autopay.read', zh: '查看代扣', en: 'See autopay' },
  { name: 'autopay.write', zh: '设置代扣规则', en: 'Set the rules of autopay' },
  { name: 'resident.read', zh: '查看住户账号与绑定', en: 'See residents and their homes' },
  { name: 'resident.approve', zh: '审核房屋绑定申请', en: 'Decide on applications for a home' },
  { name: 'messaging.read', zh: '查看消息通道与发送记录', en: 'See message accounts and messages' },
  {
    name: 'messaging.write',
    zh: '配置消息通道与模板',
    en: 'Configure message accounts, templates',
  },
  { name: 'reminders.read', zh: '查看催缴计划与效果', en: 'See reminder plans and their effect' },
  { name: 'reminders.write', zh: '编辑催缴计划', en: 'Edit reminder plans' },
  { name: 'feedback.read', zh: '查看报事与投诉', en: 'See feedback' },
  { name: 'feedback.reply', zh: '处理报事与投诉', en: 'Answer feedback' },
  { name: 'content.read', zh: '查看帮助与公告', en: 'See help and announcements' },
  { name: 'content.write', zh: '编辑帮助、公告与公示', en: 'Edit help, announcements, notices' },
  { name: 'channels.read', zh: '查看支付渠道', en: 'See payment channels' },
  { name: 'channels.write', zh: '配置支付渠道', en: 'Configure payment channels' },
  { name: 'channels.approve', zh: '审批支付渠道修改', en: 'Approve changes of payment channels' },
] as const;

export type PermissionName = (typeof permissions)[number]['name'];

/** Who has it may give it: at least one active person of a company must. */
export const administration: PermissionName = 'identity.manage';

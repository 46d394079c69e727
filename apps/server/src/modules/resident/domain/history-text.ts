interface Text {
  readonly zh: string;
  readonly en: string;
}

type Detail = Readonly<Record<string, unknown>>;

const roleZh: Readonly<Record<string, string>> = {
  owner: '业主',
  tenant: '租户',
  family: '家属',
  payer: '代缴人',
};
const howZh: Readonly<Record<string, string>> = {
  phone: '登记手机号',
  'account-number': '缴费识别码',
  invitation: '业主邀请',
  application: '审核通过',
  staff: '物业绑定',
};
const reasonZh: Readonly<Record<string, string>> = {
  left: '本人解除',
  'removed-by-owner': '业主移除',
  'account-closed': '账号注销',
  'moved-out': '已搬离',
  'host-left': '邀请人已不再是业主',
  replaced: '改为更高的权限',
};

const words: Readonly<Record<string, (detail: Detail, unit: string) => Text>> = {
  'resident.sign_in': ({ surface, how, isNew }) => ({
    zh: `${isNew === true ? '首次登录' : '登录'}（${surfaceZh(surface)}，${wayZh(how)}）`,
    en: `${isNew === true ? 'First sign-in' : 'Signed in'} (${shown(surface)}, ${shown(how)})`,
  }),
  'resident.link_phone': ({ phone, before }) => ({
    zh: before ? `手机号由 ${shown(before)} 改为 ${shown(phone)}` : `验证手机号 ${shown(phone)}`,
    en: before ? `Phone ${shown(before)} → ${shown(phone)}` : `Phone ${shown(phone)} proved`,
  }),
  'resident.link_wallet': () => ({ zh: '关联钱包登录', en: 'A wallet may sign in' }),
  'resident.unlink_wallet': () => ({ zh: '解除钱包登录', en: 'A wallet was removed' }),
  'resident.link_email': ({ email }) => ({
    zh: `验证邮箱 ${shown(email)}`,
    en: `E-mail ${shown(email)} proved`,
  }),
  'resident.forget_email': () => ({ zh: '删除邮箱', en: 'E-mail removed' }),
  'resident.end_sessions': ({ ended, reason }) => ({
    zh: `结束 ${shown(ended)} 个登录${reason ? `，原因：${shown(reason)}` : ''}`,
    en: `${shown(ended)} sessions ended${reason ? `: ${shown(reason)}` : ''}`,
  }),
  'resident.close': ({ movedTo }) => ({
    zh: movedTo ? '账号为空，已并入本人的另一个账号' : '注销账号，个人信息已删除',
    en: movedTo
      ? 'Empty account, moved to their other one'
      : 'Account closed, personal data erased',
  }),
  'resident.bind': ({ role, boundBy, reason }, unit) => ({
    zh: `绑定 ${unit}（${nameOf(role)}，${howZh[shown(boundBy)] ?? ''}）${because(reason)}`,
    en: `Bound to ${unit} as ${shown(role)} by ${shown(boundBy)}${told(reason)}`,
  }),
  'resident.end_binding': ({ role, reason }, unit) => ({
    zh: `解除 ${unit}（${nameOf(role)}）：${reasonZh[shown(reason)] ?? shown(reason)}`,
    en: `Access to ${unit} as ${shown(role)} ended: ${shown(reason)}`,
  }),
  'resident.invite': ({ role }, unit) => ({
    zh: `邀请${roleZh[shown(role)] ?? ''}绑定 ${unit}`,
    en: `Invited a ${shown(role)} to ${unit}`,
  }),
  'resident.revoke_invitation': (_detail, unit) => ({
    zh: `撤回对 ${unit} 的邀请`,
    en: `Took back an invitation to ${unit}`,
  }),
  'resident.apply': ({ role }, unit) => ({
    zh: `申请以${roleZh[shown(role)] ?? ''}身份绑定 ${unit}`,
    en: `Applied for ${unit} as ${shown(role)}`,
  }),
  'resident.withdraw_application': () => ({ zh: '撤回申请', en: 'Application withdrawn' }),
  'resident.decide_application': ({ approve, role, reason }) => ({
    zh: `${approve === true ? `通过（${roleZh[shown(role)] ?? ''}）` : '不通过'}${because(reason)}`,
    en: `${approve === true ? `Approved as ${shown(role)}` : 'Declined'}: ${shown(reason)}`,
  }),
  'resident.see_photo': () => ({ zh: '查看证明照片', en: 'Looked at a photo' }),
};

/** An audit entry of a resident as a sentence for the timeline. */
export function historyText(action: string, detail: Detail, unitLabel: string | null): Text {
  return words[action]?.(detail, unitLabel ?? '') ?? { zh: action, en: action };
}

/** How an access ended, in words. */
export function endReasonText(reason: string): string {
  return reasonZh[reason] ?? reason;
}

function nameOf(role: unknown): string {
  return roleZh[shown(role)] ?? shown(role);
}

function told(reason: unknown): string {
  return reason ? `: ${shown(reason)}` : '';
}

function because(reason: unknown): string {
  return reason ? `，原因：${shown(reason)}` : '';
}

function surfaceZh(surface: unknown): string {
  if (surface === 'wechat') return '微信小程序';
  return surface === 'alipay' ? '支付宝小程序' : '网页';
}

function wayZh(how: unknown): string {
  if (how === 'phone') return '手机验证码';
  return how === 'switch' ? '换到本人另一账号' : '钱包';
}

function shown(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' ? String(value) : '—';
}

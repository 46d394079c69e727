import type { Tx } from '../../../platform/database/index.ts';
import type { Credentials, KeyMode } from '../channel.ts';
import type { ChannelDescription, Words } from '../description.ts';
import type { ChangeLine } from '../domain/change.ts';
import type { Rule } from '../domain/route.ts';
import { namesOf } from '../queries/routes.ts';
import { channelOf } from '../registry.ts';
import type { AccountRow } from '../store/merchant-account-store.ts';
import type { Checked } from './write-account.ts';

/** What will be different at an account, line by line; of secrets only that they are replaced. */
export function accountLines(before: AccountRow | undefined, checked: Checked): ChangeLine[] {
  const { row: after } = checked;
  const { description } = channelOf(after.channel);
  const line = (label: Words, of: (row: AccountRow) => Words | string | null): ChangeLine => ({
    label,
    before: before ? wordsOf(of(before)) : null,
    after: wordsOf(of(after)),
  });
  const lines = [
    line(texts.channel, () => description.label),
    line(texts.name, ({ name }) => name),
    line(description.mchId.label, ({ mchId }) => mchId),
    line(description.appId?.label ?? texts.appId, ({ appId }) => appId),
    line(description.subMchId?.label ?? texts.subMchId, ({ subMchId }) => subMchId),
    line(description.subAppId?.label ?? texts.subAppId, ({ subAppId }) => subAppId),
    line(texts.mode, ({ mode }) => modeLabel(description, mode)),
    line(texts.state, ({ state }) => stateWords[state]),
    ...Object.keys(after.endpoints).map((name) =>
      line({ zh: `接口地址 ${name}`, en: `Address ${name}` }, ({ endpoints }) =>
        endpoints[name] === description.endpoints[name]
          ? texts.ownAddress
          : (endpoints[name] ?? null),
      ),
    ),
  ];
  return [...lines.filter(differs), ...secretLines(description, checked, before !== undefined)];
}

function secretLines(
  description: ChannelDescription,
  { changed, opened, row }: Checked,
  isOld: boolean,
): ChangeLine[] {
  const labelOf = (name: string) =>
    description.secrets.find((field) => field.name === name)?.label ?? { zh: name, en: name };
  const ends = expiryDays(row, opened);
  return changed.map((name) => {
    const day = ends.get(name);
    const isGone = opened[name] === undefined;
    const after = day
      ? { zh: `新的，有效期至 ${day}`, en: `a new one, good until ${day}` }
      : texts.newSecret;
    return {
      label: labelOf(name),
      before: isOld ? texts.oldSecret : null,
      after: isGone ? null : after,
    };
  });
}

/** A certificate says itself how long it is good: that is no secret. */
function expiryDays({ channel }: AccountRow, opened: Credentials): ReadonlyMap<string, string> {
  const ends = channelOf(channel).expiriesOf?.(opened) ?? [];
  return new Map(ends.map(({ field, at }) => [field, at.toISOString().slice(0, 10)]));
}

/** What a rule will say; `undefined` is a rule that is not there. */
export async function ruleLines(
  tx: Tx,
  before: Rule | undefined,
  after: Rule | undefined,
): Promise<ChangeLine[]> {
  const [old, fresh] = [await wordsOfRule(tx, before), await wordsOfRule(tx, after)];
  const keys = ['community', 'feeItem', 'product', 'account', 'priority'] as const;
  const lines = keys.map((key) => ({
    label: ruleTexts[key],
    before: old?.[key] ?? null,
    after: fresh?.[key] ?? null,
  }));
  // A changed rule is shown whole: what it is for cannot be read from one line.
  return lines.some(differs) ? lines : [];
}

async function wordsOfRule(tx: Tx, rule: Rule | undefined) {
  if (!rule) return undefined;
  const names = await namesOf(tx, rule);
  return {
    community: wordsOf(names.community) ?? texts.any,
    feeItem: wordsOf(names.feeItem) ?? texts.any,
    product: rule.product === null ? texts.any : (productWords[rule.product] ?? texts.any),
    account: wordsOf(names.account),
    priority: wordsOf(String(rule.priority)),
  };
}

function wordsOf(value: Words | string | null): Words | null {
  if (value === null || value === '') return null;
  return typeof value === 'string' ? { zh: value, en: value } : value;
}

function differs({ before, after }: ChangeLine): boolean {
  return before?.zh !== after?.zh;
}

function modeLabel({ modes }: ChannelDescription, mode: KeyMode): Words | string {
  return modes.find((one) => one.mode === mode)?.label ?? mode;
}

const stateWords = {
  active: { zh: '在用', en: 'in use' },
  disabled: { zh: '停用', en: 'disabled' },
} as const;

export const productWords: Readonly<Record<string, Words>> = {
  jsapi: { zh: '钱包内网页', en: 'Inside the wallet' },
  'mini-program': { zh: '小程序', en: 'Mini-program' },
  native: { zh: '扫二维码', en: 'QR code' },
  h5: { zh: '手机浏览器', en: 'Phone browser' },
  page: { zh: '电脑网页', en: 'Computer browser' },
  app: { zh: '手机 App', en: 'App' },
  code: { zh: '付款码', en: 'Payment code' },
  debit: { zh: '代扣', en: 'Direct debit' },
};

const texts = {
  channel: { zh: '渠道', en: 'Channel' },
  name: { zh: '名称', en: 'Name' },
  appId: { zh: '应用', en: 'App' },
  subMchId: { zh: '子商户号', en: 'Sub-merchant' },
  subAppId: { zh: '子应用', en: 'Sub-app' },
  mode: { zh: '验签方式', en: 'Signature checked by' },
  state: { zh: '状态', en: 'State' },
  ownAddress: { zh: '渠道的正式地址', en: 'the channel’s own address' },
  oldSecret: { zh: '现在的（不显示）', en: 'the present one (not shown)' },
  newSecret: { zh: '新的（不显示）', en: 'a new one (not shown)' },
  any: { zh: '不限', en: 'any' },
} as const;

const ruleTexts = {
  community: { zh: '小区', en: 'Community' },
  feeItem: { zh: '收费项目', en: 'Fee item' },
  product: { zh: '支付方式', en: 'Product' },
  account: { zh: '商户号', en: 'Merchant account' },
  priority: { zh: '优先级', en: 'Priority' },
} as const;

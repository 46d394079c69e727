import type { Language } from './article.ts';

/** A screen of a phone, drawn from words: the same picture in both languages and at any size. */
interface Screen {
  readonly title: string;
  readonly rows: readonly string[];
  readonly button: string;
}

const screens: Readonly<Record<string, Readonly<Record<Language, Screen>>>> = {
  scan: {
    zh: { title: '扫一扫', rows: ['▣ 门上的缴费码'], button: '对准二维码' },
    en: { title: 'Scan', rows: ['▣ Code at the door'], button: 'Point at the code' },
  },
  confirm: {
    zh: {
      title: '翠湖花园 1栋2单元301',
      rows: ['☑ 物业费 ¥254.70', '☑ 停车费 ¥486.00'],
      button: '确认支付 ¥740.70',
    },
    en: {
      title: 'Lakeside 1-2-301',
      rows: ['☑ Property fee ¥254.70', '☑ Parking ¥486.00'],
      button: 'Pay ¥740.70',
    },
  },
  wallet: {
    zh: {
      title: '付款给物业公司',
      rows: ['¥740.70', '付款方式：零钱或银行卡'],
      button: '输入支付密码',
    },
    en: {
      title: 'Pay the property company',
      rows: ['¥740.70', 'From: balance or card'],
      button: 'Enter password',
    },
  },
  card: {
    zh: { title: '银联支付页面', rows: ['银行卡号 ____', '短信验证码 ____'], button: '确认付款' },
    en: { title: 'UnionPay', rows: ['Card number ____', 'SMS code ____'], button: 'Confirm' },
  },
  family: {
    zh: {
      title: '我的房屋',
      rows: ['⌂ 我家 1栋2单元301', '⌂ 父母家 3栋1单元102'],
      button: '绑定房屋',
    },
    en: { title: 'My homes', rows: ['⌂ Mine 1-2-301', '⌂ Parents 3-1-102'], button: 'Bind a home' },
  },
  mandate: {
    zh: {
      title: '开通自动代扣',
      rows: ['每次最多 ¥800', '每月最多 ¥1,500', '提前一天通知'],
      button: '去钱包确认',
    },
    en: {
      title: 'Set up autopay',
      rows: ['Each time up to ¥800', 'Each month up to ¥1,500', 'Told a day before'],
      button: 'Confirm in wallet',
    },
  },
  receipt: {
    zh: { title: '收 据', rows: ['合计 ¥740.70', '微信支付', '▣ 扫码验真'], button: '保存图片' },
    en: {
      title: 'Receipt',
      rows: ['Total ¥740.70', 'WeChat Pay', '▣ Scan to check'],
      button: 'Keep picture',
    },
  },
  steps: {
    zh: { title: '退款进度', rows: ['✓ 已申请', '✓ 已审核', '… 退回途中'], button: '原路退回' },
    en: {
      title: 'Refund',
      rows: ['✓ Asked for', '✓ Approved', '… On its way'],
      button: 'Same way back',
    },
  },
  bind: {
    zh: {
      title: '绑定房屋',
      rows: ['① 手机号', '② 户号 + 房号 + 姓名', '③ 邀请   ④ 申请'],
      button: '下一步',
    },
    en: {
      title: 'Bind a home',
      rows: ['① Phone', '② Number, door, name', '③ Invitation  ④ Apply'],
      button: 'Next',
    },
  },
  large: {
    zh: { title: '长辈版', rows: ['物业费', '¥254.70'], button: '去缴费' },
    en: { title: 'Large type', rows: ['Property fee', '¥254.70'], button: 'Pay' },
  },
};

export function isBuiltInPicture(name: string): boolean {
  return Object.hasOwn(screens, name);
}

/** @returns SVG, or undefined for a name that there is not */
export function drawPicture(name: string, language: Language): string | undefined {
  const screen = isBuiltInPicture(name) ? screens[name]?.[language] : undefined;
  if (!screen) return undefined;
  const rows = screen.rows
    .map((row, index) => {
      const y = 74 + index * 36;
      return `<rect x="30" y="${y}" width="260" height="28" rx="6" fill="#eef1f6"/>${label(row, 42, y + 19, 14)}`;
    })
    .join('');
  const label2 = `<text x="160" y="${214}" font-size="15" fill="#fff" text-anchor="middle">${screen.button}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 250" font-family="${fonts}">
<rect x="1" y="1" width="318" height="248" rx="18" fill="#fff" stroke="#c5cbd6" stroke-width="2"/>
<rect x="1" y="1" width="318" height="52" rx="18" fill="#f5f6f8"/>
${label(screen.title, 30, 34, 16)}${rows}
<rect x="30" y="190" width="260" height="38" rx="19" fill="#0b57d0"/>${label2}
</svg>`;
}

const fonts = 'PingFang SC, HarmonyOS Sans SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif';

function label(text: string, x: number, y: number, size: number): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="#1a1a1a">${text}</text>`;
}

import type { Bilingual } from './words.ts';

type Surface = 'h5' | 'wechat' | 'alipay';

/** Where an agreement can be signed: the wallet's own page wants its own browser. */
export function canSignHere(channel: string, surface: Surface, wallet: string): boolean {
  const isInWechat = surface === 'wechat' || (surface === 'h5' && wallet === 'wechat');
  if (channel === 'wechat-pay') return isInWechat;
  // WeChat opens no page of Alipay.
  if (channel === 'alipay') return !isInWechat;
  return surface === 'h5';
}

/** How to sign, step by step, as whoever does it sees it. */
export function signingGuide(channel: string, isHere: boolean): Bilingual[] {
  if (channel === 'wechat-pay' && !isHere) {
    return [
      {
        zh: '请用微信打开本页：点右上角复制网址，发给“文件传输助手”，在微信里点开。',
        en: 'Open this page in WeChat: copy its address, send it to yourself, and tap it there.',
      },
    ];
  }
  if (channel === 'alipay' && !isHere) {
    return [
      {
        zh: '请在支付宝里打开，或用手机浏览器打开本页。',
        en: 'Open this in Alipay, or in the browser of your phone.',
      },
    ];
  }
  const name: Bilingual =
    channel === 'alipay' ? { zh: '支付宝', en: 'Alipay' } : { zh: '微信支付', en: 'WeChat Pay' };
  return [
    {
      zh: `点“同意并去签约”，会打开${name.zh}的页面。`,
      en: `Tap “Agree and sign”: the page of ${name.en} opens.`,
    },
    {
      zh: '核对收款方和说明，输入支付密码确认。',
      en: 'Check who collects and what for, and confirm with your payment password.',
    },
    {
      zh: '完成后返回，会显示“代扣已开通”。',
      en: 'Come back: the app says that autopay is on.',
    },
  ];
}

import type { Words } from './domain/variable.ts';
import { isProvider, providerOf } from './registry.ts';

/** What to do about a provider's code. */
export function adviceFor(provider: string | null, code: string): Words {
  const own = ownReasons[code];
  if (own) return own;
  const table: Readonly<Record<string, Words>> =
    provider !== null && isProvider(provider) ? providerOf(provider).description.advice : {};
  const [best] = Object.keys(table)
    .filter((name) => name === code || (name.endsWith('*') && code.startsWith(name.slice(0, -1))))
    .sort((a, b) => b.length - a.length);
  const found = best === undefined ? undefined : table[best];
  return (
    found ?? {
      zh: `服务商返回 ${code}，请对照服务商的错误码说明`,
      en: `The provider answered ${code}; see its list of error codes`,
    }
  );
}

/** Why a message of ours did not leave, in words. */
const ownReasons: Readonly<Record<string, Words>> = {
  expired: { zh: '超过了有效时间，没有发出', en: 'Its time was over before it could leave' },
  'not-released': { zh: '发送前核对：已经不需要发送', en: 'Not needed any more when it was due' },
  paid: { zh: '发送前已缴清', en: 'Paid before it was sent' },
  'no-content': { zh: '没有内容，请联系管理员', en: 'It had no content; ask the administrator' },
  'content-invalid': { zh: '变量与模板不符，请联系管理员', en: 'Its variables fit no template' },
  'quiet-hours': { zh: '免打扰时段', en: 'Quiet hours' },
  'too-often': { zh: '已达到发送频率上限', en: 'The person was told often enough' },
  'opted-out': { zh: '住户选择不接收', en: 'The person does not want it' },
  'no-account': {
    zh: '没有能送达的消息通道，或模板还没有配置：请到“消息通道”和“消息模板”检查',
    en: 'No account reaches the person, or none has the template: see accounts and templates',
  },
  'account-trouble': {
    zh: '消息通道暂时不可用，稍后自动再试',
    en: 'The account is in trouble; it is tried again by itself',
  },
  'too-many-attempts': { zh: '尝试次数过多', en: 'It was tried too often' },
  unclear: {
    zh: '服务商没有明确答复，对方可能已经收到',
    en: 'The provider gave no clear answer; it may have arrived',
  },
  undelivered: { zh: '服务商报告没有送达', en: 'The provider reports that it was not delivered' },
  WORKER_LOST: { zh: '发送时进程中断，正在核实', en: 'The process ended while sending' },
  NO_ANSWER: { zh: '没有收到明确答复，正在核实', en: 'No clear answer; the provider is asked' },
  NO_TOKEN: { zh: '暂时取不到访问令牌，稍后再试', en: 'No access token for now; tried again' },
  NO_QUERY: {
    zh: '这个服务商不能查询结果，等待回执',
    en: 'This provider cannot be asked; a receipt may tell',
  },
  NOT_FOUND_YET: { zh: '服务商暂时查不到，稍后再查', en: 'Not found yet; asked again later' },
  CONFIRMED_BY_STAFF: { zh: '员工确认没有收到', en: 'Staff confirmed that it had not arrived' },
};

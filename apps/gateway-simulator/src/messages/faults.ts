import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { ProviderName } from './records.ts';

/** What may go wrong with a message, and how it reads on the phones page. */
export const messageFaults = {
  'server-error': '返回 500，未受理',
  'server-error-after': '已受理，但返回 500',
  'timeout-before': '未受理，一直不应答',
  'timeout-after': '已受理，但一直不应答',
  'connection-lost-before': '未受理，连接中断',
  'connection-lost-after': '已受理，连接中断',
  throttled: '调用过快，未受理',
  'token-expired': '访问令牌失效',
  refuse: '以指定的错误码拒绝',
  'receipt-failed': '已受理，回执为未送达',
  'receipt-lost': '已受理，没有回执',
  'receipt-late': '已受理，回执迟到 10 分钟',
} as const;
export type MessageFault = keyof typeof messageFaults;

export type Armed = {
  provider: ProviderName | null;
  fault: MessageFault;
  times: number;
  /** The code of a refusal. */
  code: string | null;
  /** Strikes messages to this receiver only. */
  receiver: string | null;
};

type Seeded = { seed: number; ratePercent: number; kinds: MessageFault[] };

export type MessageFaults = ReturnType<typeof createMessageFaults>;

export function createMessageFaults() {
  let armed: Armed[] = [];
  let seeded: Seeded | null = null;
  let draws = 0;
  return {
    arm: (fault: Armed) => void armed.push({ ...fault }),
    armBySeed: (plan: Seeded) => {
      seeded = plan;
      draws = 0;
    },
    list: () => ({ armed, seeded }),
    clear: () => {
      armed = [];
      seeded = null;
    },
    /** The fault that strikes this message, if any; it counts as used. */
    take(provider: ProviderName, receiver: string): Pick<Armed, 'fault' | 'code'> | undefined {
      const found = armed.find(
        (one) =>
          (one.provider === null || one.provider === provider) &&
          (one.receiver === null || one.receiver === receiver),
      );
      if (found) {
        found.times -= 1;
        armed = armed.filter((one) => one.times > 0);
        return found;
      }
      return seeded === null ? undefined : draw(seeded, (draws += 1));
    },
  };
}

function draw({ seed, ratePercent, kinds }: Seeded, index: number) {
  const random = mix(seed, index);
  if ((random % 10_000) / 100 >= ratePercent) return undefined;
  const fault = kinds[mix(random, index) % kinds.length];
  return fault === undefined ? undefined : { fault, code: null };
}

function mix(a: number, b: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Longer than any client should wait. */
const SILENCE_MS = 30_000;

export type WireReply = { status: number; body: string };

/**
 * Answers a call: `take` accepts the message, which happens before or not at all when the line is
 * to fail.
 */
export async function playReply(
  reply: FastifyReply,
  fault: MessageFault | undefined,
  take: () => WireReply,
): Promise<FastifyReply> {
  switch (fault) {
    case 'server-error':
      return reply.code(500).send('');
    case 'server-error-after':
      take();
      return reply.code(500).send('');
    case 'timeout-before':
    case 'connection-lost-before':
      return await hangUp(reply, fault === 'timeout-before');
    case 'timeout-after':
    case 'connection-lost-after':
      take();
      return await hangUp(reply, fault === 'timeout-after');
    default: {
      const { status, body } = take();
      return reply.code(status).type('application/json; charset=utf-8').send(body);
    }
  }
}

async function hangUp(reply: FastifyReply, isSilent: boolean): Promise<FastifyReply> {
  reply.hijack();
  if (isSilent) await sleep(SILENCE_MS, undefined, { ref: false });
  reply.raw.destroy();
  return reply;
}

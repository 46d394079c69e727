import type { FastifyInstance } from 'fastify';
import type { ChannelPart } from '../channel-part.ts';
import type { CoreDeps } from '../deps.ts';
import { answerAliyun } from './aliyun.ts';
import { registerMessageControl } from './control.ts';
import { createMessageFaults } from './faults.ts';
import { registerPhones } from './phones.ts';
import { registerPush } from './push.ts';
import { nextReceiptAt, sendReceipts } from './receipts.ts';
import { openRecords } from './records.ts';
import { startMailServer } from './smtp.ts';
import { answerTencent } from './tencent.ts';
import { registerWechatMessages } from './wechat.ts';

/** The providers of messages: SMS, WeChat, push, mail; Alipay's message has its gateway. */
export function registerMessages(app: FastifyInstance, core: CoreDeps, host: string): ChannelPart {
  const messageFaults = createMessageFaults();
  const deps = { ...core, records: openRecords(core), messageFaults };
  const mail = startMailServer(deps, host);
  // Both SMS providers are called at the root; the headers tell which one is meant.
  app.post('/', (request, reply) => {
    if (request.headers['x-acs-action'] !== undefined) return answerAliyun(deps, request, reply);
    if (request.headers['x-tc-action'] !== undefined) return answerTencent(deps, request, reply);
    return reply.code(404).send('');
  });
  registerWechatMessages(app, deps);
  registerPush(app, deps);
  registerPhones(app, deps);
  registerMessageControl(app, { ...deps, mailPort: mail.port });
  return {
    nextDueAt: () => nextReceiptAt(deps),
    runDue: () => sendReceipts(deps),
    reset: (withCustomers) => {
      const { customers, ...rest } = deps.records;
      for (const table of Object.values(rest)) table.clear();
      messageFaults.clear();
      if (withCustomers) customers.clear();
    },
    stop: mail.close,
  };
}

import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { ChannelContext } from '../../apps/server/src/modules/channels/channel.ts';
import { saveMerchantAccount } from '../../apps/server/src/modules/channels/index.ts';
import { channelOf } from '../../apps/server/src/modules/channels/registry.ts';
import { account } from '../../apps/server/src/modules/ledger/index.ts';
import { systemActor } from '../../apps/server/src/platform/actor.ts';
import { systemClock } from '../../apps/server/src/platform/clock.ts';
import { parseMasterKeys } from '../../apps/server/src/platform/crypto/master-keys.ts';
import { createSecretBox } from '../../apps/server/src/platform/crypto/secret-box.ts';
import { createDatabase } from '../../apps/server/src/platform/database/index.ts';
import { derivedId } from '../../apps/server/src/platform/id.ts';
import { silentLog } from '../../apps/server/src/platform/log.ts';
import {
  alipayChannel,
  type BenchChannel,
  type SeededOrder,
  unionPayChannel,
  unionPayQrChannel,
  wechatChannel,
} from './notifications-wire.ts';
import { scene } from './payments-seed.ts';
import type { Stage } from './payments-stage.ts';

/** A channel with its account in our books and the orders that its notices will be of. */
export interface ChannelOnStage {
  readonly channel: BenchChannel;
  readonly accountNo: number;
  readonly orders: readonly (SeededOrder & { readonly n: number })[];
}

/** Orders of the seed that go to accounts 2, 3 and so on; each account gets one of eight. */
export const spreadShares = scene.accounts - 1;

/** The seed made all orders of WeChat Pay: some of them become those of the other channels. */
export async function seedChannels(stage: Stage): Promise<ChannelOnStage[]> {
  const { signing, publicPem } = stage.platform;
  const { rows } = await stage.owner.query<{ mch_id: string; app_id: string }>(
    'select mch_id, app_id from bench.account where number = 2',
  );
  const [row] = rows;
  if (!row) throw new Error('the seed has no account 2');
  const wechat = wechatChannel(signing, publicPem, { mchId: row.mch_id, appId: row.app_id });
  const others = [alipayChannel, unionPayChannel, unionPayQrChannel];
  const onStage = [{ channel: wechat, accountNo: 2, orders: await ordersOf(stage, 2) }];
  for (const [index, channel] of others.entries()) {
    const seeded = index + 3;
    const accountNo = await takeOver(stage, channel, seeded);
    onStage.push({ channel, accountNo, orders: await ordersOf(stage, seeded) });
  }
  return onStage;
}

async function takeOver(stage: Stage, channel: BenchChannel, seeded: number): Promise<number> {
  const db = createDatabase({ url: stage.postgres.url('wuye_app'), poolSize: 2 });
  const url = 'http://127.0.0.1:9';
  const deps = {
    ...{ db, clock: systemClock, log: silentLog, publicUrl: url, notifyUrl: url, demo: true },
    secrets: createSecretBox(parseMasterKeys(stage.masterKeys)),
  };
  try {
    const { name, mchId, appId, mode, credentials } = channel;
    const saved = await saveMerchantAccount(deps, {
      actor: systemActor(scene.companyId, 'bench'),
      account: { channel: name, name, mchId, appId, mode, credentials, endpoints: {} },
    });
    await giveOrders(stage, channel, { id: saved.merchantAccountId, seeded });
    return saved.number;
  } finally {
    await db.close();
  }
}

async function giveOrders(
  { owner }: Stage,
  { name }: BenchChannel,
  { id, seeded }: { readonly id: string; readonly seeded: number },
): Promise<void> {
  const { companyId } = scene;
  const debitId = derivedId(companyId, account.channel(id));
  const set = `merchant_account_id = $1, channel = $2
    from bench.orders as o where o.account_no = $3 and`;
  await owner.query(`update payment.payment as p set ${set} p.id = o.payment_id`, [
    id,
    name,
    seeded,
  ]);
  await owner.query(`update payment.attempt as a set ${set} a.id = o.attempt_id`, [
    id,
    name,
    seeded,
  ]);
  await owner.query(
    `update bench.orders set merchant_account_id = $1::uuid, debit_id = $4,
      key = $2 || ':' || $1::uuid || ':' || trade_no where account_no = $3`,
    [id, name, seeded, debitId],
  );
}

async function ordersOf({ owner }: Stage, seeded: number): Promise<ChannelOnStage['orders']> {
  const { rows } = await owner.query<SeededOrder & { n: string; amountFen: string }>(
    `select n, order_no as "orderNo", trade_no as "tradeNo", amount_fen as "amountFen", body
    from bench.orders where account_no = $1 order by n`,
    [seeded],
  );
  return rows.map((row) => ({ ...row, n: Number(row.n), amountFen: Number(row.amountFen) }));
}

/**
 * Processor time of reading and verifying one notice, by the adapter alone, as the server does it:
 * nothing else runs in this process meanwhile.
 */
export async function verificationMs(
  { channel }: ChannelOnStage,
  requests: readonly Buffer[],
): Promise<number> {
  const context = contextOf(channel);
  const { readNotice } = channelOf(channel.name);
  const notices = requests.map(noticeOf);
  const readAll = async () => {
    for (const notice of notices) {
      const reading = await readNotice(context, notice);
      const isTrade = reading.state === 'authentic' && reading.trade !== undefined;
      if (!isTrade) throw new Error(`${channel.name}: ${JSON.stringify(reading)}`);
    }
  };
  await readAll(); // Warm.
  const before = process.cpuUsage();
  await readAll();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / notices.length;
}

function contextOf(channel: BenchChannel): ChannelContext {
  const { credentials, mode, mchId, appId, name, platformKey } = channel;
  const key = platformKey && createPublicKey(platformKey.pem);
  const known = (serial: string) => (serial === platformKey?.serial ? key : undefined);
  return {
    account: {
      ...{ companyId: scene.companyId, id: scene.companyId, number: 1, name, mchId, appId, mode },
      ...{ channel: name, subMchId: null, subAppId: null, endpoints: {}, state: 'active' },
    },
    notifyUrl: '',
    credentials,
    previousCredentials: undefined,
    get signingKey() {
      return createPrivateKey(credentials['privateKeyPem'] ?? '');
    },
    clock: systemClock,
    knownKey: known,
    findKey: async (serial) => known(serial),
    record: async () => undefined,
  };
}

function noticeOf(request: Buffer) {
  const end = request.indexOf('\r\n\r\n');
  const head = request.subarray(0, end).toString().split('\r\n').slice(1);
  const headers = head.map((line) => {
    const at = line.indexOf(': ');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 2)];
  });
  return {
    headers: Object.fromEntries(headers) as Record<string, string>,
    rawBody: request.subarray(end + 4),
  };
}

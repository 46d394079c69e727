import { fork } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fen } from '@wuye-pay/money';
import pg from 'pg';
import { saveMerchantAccount } from '../../apps/server/src/modules/channels/index.ts';
import { account, postTransfers } from '../../apps/server/src/modules/ledger/index.ts';
import { systemActor } from '../../apps/server/src/platform/actor.ts';
import { systemClock } from '../../apps/server/src/platform/clock.ts';
import { parseMasterKeys } from '../../apps/server/src/platform/crypto/master-keys.ts';
import { createSecretBox } from '../../apps/server/src/platform/crypto/secret-box.ts';
import {
  createDatabase,
  type Database,
  migrate,
} from '../../apps/server/src/platform/database/index.ts';
import {
  type EmbeddedPostgres,
  PRODUCTION_SETTINGS,
  startEmbeddedPostgres,
} from '../../apps/server/src/platform/embedded-postgres/index.ts';
import { silentLog } from '../../apps/server/src/platform/log.ts';
import type { Job, Report } from './payments-load.ts';
import { createBound } from './payments-pgbench.ts';
import {
  issuedByFeeItem,
  type Orders,
  type SeededAccount,
  scene,
  seedCompany,
  seedOrders,
} from './payments-seed.ts';

const copyName = 'wuye_bound';

/** Two equal databases on one server: one for the application, one for the bound. */
export interface Stage {
  readonly workDir: string;
  readonly postgres: EmbeddedPostgres;
  readonly masterKeys: string;
  /** What signs in the place of WeChat Pay. */
  readonly platform: ReturnType<typeof newPlatform>;
  /** Of the application's database and of the bound's, as their owner. */
  readonly owner: pg.Client;
  readonly boundOwner: pg.Client;
  readonly boundDatabase: string;
  /** Sends notifications from a process of its own. */
  load(run: LoadRun): Promise<Report>;
  close(): Promise<void>;
}

export type LoadRun = Pick<
  Job,
  'port' | 'first' | 'count' | 'connections' | 'perSecond' | 'requests'
>;

export async function openStage(orders: Orders): Promise<Stage> {
  const workDir = mkdtempSync(join(tmpdir(), 'wuye-bench-'));
  // Room for the 64 clients of pgbench, and times of commits; the server's own pool stays as it is.
  const more = { max_connections: '120', track_commit_timestamp: 'on' };
  const settings = { ...PRODUCTION_SETTINGS, ...more };
  const postgres = await startEmbeddedPostgres({ dataDir: join(workDir, 'data'), settings });
  try {
    return await fill(workDir, postgres, orders);
  } catch (error) {
    await postgres.stop();
    rmSync(workDir, { recursive: true, force: true });
    throw error;
  }
}

async function fill(workDir: string, postgres: EmbeddedPostgres, orders: Orders): Promise<Stage> {
  await migrate({ ownerUrl: postgres.ownerUrl, directory: 'apps/server/migrations' });
  const masterKeys = `1:${randomBytes(32).toString('base64')}`;
  const platform = newPlatform();
  await seed(postgres, orders, { masterKeys, platform });
  const owner = await connected(postgres.ownerUrl);
  const boundOwner = await connected(ownerUrlOf(postgres, copyName));
  await createBound(boundOwner);
  const generator = fork(join(import.meta.dirname, 'payments-load.ts'));
  const ended = once(generator, 'exit').then(() => {
    throw new Error('the load generator ended');
  });
  ended.catch(() => undefined); // At the end of the bench nobody waits for it.
  return {
    ...{ workDir, postgres, masterKeys, platform, owner, boundOwner },
    boundDatabase: copyName,
    async load(run) {
      const { ownerUrl } = postgres;
      const { shortCode } = scene;
      const fixed = { ownerUrl, shortCode, platform: platform.signing, maxSeconds: 30 };
      const answer = new Promise<Report>((resolve) => generator.once('message', resolve));
      generator.send({ ...fixed, ...run } satisfies Job);
      return await Promise.race([answer, ended]);
    },
    async close() {
      generator.disconnect();
      await Promise.all([owner.end(), boundOwner.end()]);
      await postgres.stop();
      rmSync(workDir, { recursive: true, force: true });
    },
  };
}

/** What stands in for WeChat Pay: its key pair, and the key it shares with the merchant. */
function newPlatform() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return {
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    signing: {
      serial: 'PUB_KEY_ID_0114232134912410000000000000',
      pem,
      apiV3Key: randomBytes(16).toString('hex'),
    },
  };
}

async function seed(
  postgres: EmbeddedPostgres,
  orders: Orders,
  secrets: { masterKeys: string; platform: ReturnType<typeof newPlatform> },
): Promise<void> {
  const owner = await connected(postgres.ownerUrl);
  const db = createDatabase({ url: postgres.url('wuye_app'), poolSize: 2 });
  await seedCompany(owner);
  await seedOrders(owner, await saveAccounts(db, secrets), orders);
  const { companyId, communityId, runId } = scene;
  const issued = await issuedByFeeItem(owner);
  await db.transaction(companyId, (tx) =>
    postTransfers(
      tx,
      { clock: systemClock },
      {
        key: `billing.issue:${runId}`,
        kind: 'billing.issue',
        sourceId: runId,
        postedAt: new Date(),
        transfers: issued.map(({ feeItemId, amountFen }) => ({
          debit: account.receivable(communityId, feeItemId),
          credit: account.revenue(communityId, feeItemId),
          amountFen: fen(amountFen),
        })),
      },
    ),
  );
  await db.close();
  await owner.query('vacuum analyze');
  await owner.end();
  const maintenance = await connected(ownerUrlOf(postgres, 'postgres'));
  await maintenance.query(`create database ${copyName} template wuye`);
  await maintenance.query('checkpoint');
  await maintenance.end();
}

/** By the application's own code; nothing answers at the channel's address. */
async function saveAccounts(
  db: Database,
  { masterKeys, platform }: { masterKeys: string; platform: ReturnType<typeof newPlatform> },
): Promise<SeededAccount[]> {
  const url = 'http://127.0.0.1:9';
  const deps = {
    ...{ db, clock: systemClock, log: silentLog, publicUrl: url, notifyUrl: url, demo: true },
    secrets: createSecretBox(parseMasterKeys(masterKeys)),
  };
  const { serial, pem, apiV3Key } = platform.signing;
  const saved: SeededAccount[] = [];
  for (let number = 1; number <= scene.accounts; number += 1) {
    const [mchId, appId] = [String(1_900_000_000 + number), 'wx0123456789abcdef'];
    const { merchantAccountId: id } = await saveMerchantAccount(deps, {
      actor: systemActor(scene.companyId, 'bench'),
      account: {
        ...{ channel: 'wechat-pay', name: `商户号 ${number}`, mchId, appId, mode: 'public-key' },
        credentials: {
          ...{ merchantSerial: '5157F09EFDC096DE15EBE81A47057A72', privateKeyPem: pem },
          ...{ apiV3Key, appSecret: 'secret' },
          ...{ publicKeyId: serial, publicKeyPem: platform.publicPem },
        },
        endpoints: { base: url, login: url, authorize: url },
      },
    });
    saved.push({ id, number, mchId, appId });
  }
  return saved;
}

function ownerUrlOf({ ownerUrl }: EmbeddedPostgres, database: string): string {
  return ownerUrl.replace('/wuye?', `/${database}?`);
}

async function connected(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}

/** For what the server writes beside its database. */
export function directoryIn(stage: Stage, name: string): string {
  const path = join(stage.workDir, name);
  mkdirSync(path, { recursive: true });
  return path;
}

import { fen } from '@wuye-pay/money';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CuttingProxy, cuttingProxy } from '../../test/cutting-proxy.ts';
import { givenSystem, type TestSystem } from '../../test/harness.ts';
import { account, balanceOn, postTransfers } from '../modules/ledger/index.ts';
import { CommitUnknown, createDatabase, type Database, type Tx } from './database/index.ts';
import { newId } from './id.ts';
import { once } from './idempotency.ts';

/** Cash that a desk takes: posted under a new id each time, so only the key can make it one. */
let system: TestSystem;
let proxy: CuttingProxy;
let throughProxy: Database;
let companyId: string;
let companies = 0;
const drawer = account.cash('0192f0c1-0000-7000-8000-000000000001');

beforeAll(async () => {
  system = await givenSystem();
  proxy = await cuttingProxy(system.urls.app);
  throughProxy = createDatabase({ url: proxy.url, poolSize: 4 });
});
afterAll(async () => {
  await throughProxy.close();
  await proxy.close();
  await system.close();
});
beforeEach(async () => {
  companies += 1;
  companyId = await system.addCompany(`once${companies}`);
});

interface Taken {
  readonly key: string;
  readonly amountFen: number;
  readonly db?: Database;
  readonly company?: string;
}

function take({ key, amountFen, db = system.deps.db, company = companyId }: Taken) {
  return db.transaction(company, (tx) =>
    once(tx, system.clock, { scope: 'desk', key, request: { amountFen } }, () =>
      receive(tx, amountFen),
    ),
  );
}

async function receive(tx: Tx, amountFen: number) {
  const slip = newId(system.clock.now());
  await postTransfers(tx, system.deps, {
    key: `slip:${slip}`,
    kind: 'test.receive',
    sourceId: slip,
    postedAt: system.clock.now(),
    transfers: [{ debit: drawer, credit: account.suspense(), amountFen: fen(amountFen) }],
  });
  return { slip };
}

function inDrawer(company = companyId) {
  return system.deps.db.read(company, (tx) => balanceOn(tx, drawer, system.clock.now()));
}

describe('the same key', () => {
  test('gives the first answer again, and the money is taken once', async () => {
    const first = await take({ key: 'k1', amountFen: 100_00 });
    expect(await take({ key: 'k1', amountFen: 100_00 })).toEqual(first);
    expect(await inDrawer()).toBe(100_00);
  });
  test('still does after a year', async () => {
    const first = await take({ key: 'k1', amountFen: 100_00 });
    system.clock.advance(365 * 86_400_000);
    expect(await take({ key: 'k1', amountFen: 100_00 })).toEqual(first);
  });
  test('sent fifty times at once takes the money once and answers all alike', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => take({ key: 'k1', amountFen: 100_00 })),
    );
    expect(new Set(answers.map(({ slip }) => slip)).size).toBe(1);
    expect(await inDrawer()).toBe(100_00);
  });
  test('with another amount is refused, and nothing more is taken', async () => {
    await take({ key: 'k1', amountFen: 100_00 });
    await expect(take({ key: 'k1', amountFen: 100_01 })).rejects.toThrow('IDEMPOTENCY_KEY_REUSED');
    expect(await inDrawer()).toBe(100_00);
  });
  test('of another company is another request', async () => {
    const other = await system.addCompany(`other${companies}`);
    const ours = await take({ key: 'k1', amountFen: 100_00 });
    const theirs = await take({ key: 'k1', amountFen: 5_00, company: other });
    expect(theirs).not.toEqual(ours);
    expect(await inDrawer(other)).toBe(5_00);
  });
  test('with the fields in another order is the same request', async () => {
    const send = (request: object) =>
      system.deps.db.transaction(companyId, (tx) =>
        once(tx, system.clock, { scope: 'desk', key: 'k2', request }, () => receive(tx, 1_00)),
      );
    const first = await send({ unit: '1-101', bills: ['a', 'b'], by: { name: '李', id: 1 } });
    expect(await send({ by: { id: 1, name: '李' }, bills: ['a', 'b'], unit: '1-101' })).toEqual(
      first,
    );
    await expect(
      send({ unit: '1-101', bills: ['b', 'a'], by: { name: '李', id: 1 } }),
    ).rejects.toThrow('IDEMPOTENCY_KEY_REUSED');
  });
  test('is free again when the first try failed', async () => {
    const failing = system.deps.db.transaction(companyId, (tx) =>
      once(
        tx,
        system.clock,
        { scope: 'desk', key: 'k1', request: { amountFen: 7_00 } },
        async () => {
          await receive(tx, 7_00);
          throw new Error('the printer is out of paper');
        },
      ),
    );
    await expect(failing).rejects.toThrow('paper');
    expect(await inDrawer()).toBe(0);
    await take({ key: 'k1', amountFen: 7_00 });
    expect(await inDrawer()).toBe(7_00);
  });
});

describe('when the line is cut around the commit', () => {
  test.each([
    ['before the database got it', 'before', 0],
    ['after it committed', 'after', 100_00],
  ] as const)(
    '%s, a retry with the key takes the money once',
    async (_name, when, committedFen) => {
      await take({ key: 'warm-up', amountFen: 1, db: throughProxy });
      proxy.cutNextCommit(when);
      const first = take({ key: 'k1', amountFen: 100_00, db: throughProxy });
      await expect(first).rejects.toThrow(CommitUnknown);
      expect(await inDrawer()).toBe(1 + committedFen);
      const again = await take({ key: 'k1', amountFen: 100_00, db: throughProxy });
      expect(await take({ key: 'k1', amountFen: 100_00 })).toEqual(again);
      expect(await inDrawer()).toBe(1 + 100_00);
    },
  );
  test('many at once lose their lines, try again, and each is taken once', async () => {
    const keys = Array.from({ length: 24 }, (_, index) => `burst-${index}`);
    const persist = async (key: string, index: number): Promise<void> => {
      for (;;) {
        if (index % 3 === 0) proxy.cutNextCommit(index % 2 === 0 ? 'before' : 'after');
        try {
          await take({ key, amountFen: 1_00, db: throughProxy });
          return;
        } catch (error) {
          if (!(error instanceof CommitUnknown)) throw error;
          index += 1;
        }
      }
    };
    await Promise.all(keys.map(persist));
    expect(await inDrawer()).toBe(24_00);
  });
});

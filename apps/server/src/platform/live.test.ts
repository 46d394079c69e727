import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../test/harness.ts';
import type { LiveHint } from './live.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(async () => await system.close());

test('payments confirmed at one moment all reach the screens of their company', async () => {
  const { companyId, deps } = system;
  const otherId = await system.addCompany('other');
  const hints = Array.from({ length: 50 }, (_, index) => `id-${index}`);
  const heard = new Set<string>();
  const other: LiveHint[] = [];
  const end = deps.live.subscribe(companyId, ({ topic, id }) => heard.add(`${topic} ${id}`));
  const endOther = deps.live.subscribe(otherId, (hint) => other.push(hint));
  await Promise.all(
    hints.map((id) => deps.live.announce({ companyId, topic: 'payment.paid', id })),
  );
  await expect.poll(() => heard.size, { timeout: 5000 }).toBe(50);
  end();
  endOther();
  expect([...heard].sort()).toEqual(hints.map((id) => `payment.paid ${id}`).sort());
  expect(other).toEqual([]);
});

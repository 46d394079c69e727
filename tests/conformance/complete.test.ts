import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allChannels } from '../../apps/server/src/modules/channels/index.ts';

test('every channel that is registered is held to the suite', () => {
  const drivers = readdirSync(join(import.meta.dirname, 'drivers'));
  const registered = allChannels().map(({ description }) => `${description.name}.ts`);
  expect(drivers.sort()).toEqual(registered.sort());
});

import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadMasterKeys, parseMasterKeys } from './master-keys.ts';
import { createSecretBox } from './secret-box.ts';

const first = Buffer.alloc(32, 1);
const second = Buffer.alloc(32, 2);
const box = createSecretBox(new Map([[1, first]]));

describe('what is encrypted', () => {
  const sealed = box.seal('company-a', 'person.phone', '13900001234');
  test('opens for its company and purpose only', () => {
    expect(box.open('company-a', 'person.phone', sealed)).toBe('13900001234');
    expect(() => box.open('company-b', 'person.phone', sealed)).toThrow();
    expect(() => box.open('company-a', 'person.name', sealed)).toThrow();
  });
  test('does not open when a bit was changed anywhere', () => {
    for (let at = 1; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => box.open('company-a', 'person.phone', changed)).toThrow();
    }
  });
  test('looks different every time, and its index the same', () => {
    expect(box.seal('company-a', 'person.phone', '13900001234')).not.toEqual(sealed);
    const index = (company: string) => box.blindIndex(company, 'person.phone', '13900001234');
    expect(index('company-a')).toEqual(index('company-a'));
    expect(index('company-a')).not.toEqual(index('company-b'));
  });
  test('stays readable after a new master key, and found by its index', () => {
    const rotated = createSecretBox(
      new Map([
        [1, first],
        [2, second],
      ]),
    );
    expect(rotated.open('company-a', 'person.phone', sealed)).toBe('13900001234');
    expect(rotated.seal('company-a', 'person.phone', 'x')[0]).toBe(2);
    expect(rotated.blindIndex('company-a', 'p', 'x')).toEqual(
      box.blindIndex('company-a', 'p', 'x'),
    );
  });
});

test('a signature holds for its purpose and value only', () => {
  const signature = box.sign('payer', 'open-id');
  expect(box.hasSigned('payer', 'open-id', signature)).toBe(true);
  expect(box.hasSigned('payer', 'open-ie', signature)).toBe(false);
  expect(box.hasSigned('state', 'open-id', signature)).toBe(false);
  expect(box.hasSigned('payer', 'open-id', '')).toBe(false);
});

describe('master keys', () => {
  test('are made once, for their owner only', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'wuye-keys-'));
    const made = await loadMasterKeys(undefined, directory);
    expect(await loadMasterKeys(undefined, directory)).toEqual(made);
    const { mode } = await stat(join(directory, 'keys', 'master.key'));
    expect(mode & 0o077).toBe(0);
  });
  test.each(['', '1:short', `0:${first.toString('base64')}`, first.toString('base64')])(
    '"%s" is refused',
    (text) => expect(() => parseMasterKeys(text)).toThrow('MASTER_KEYS'),
  );
});

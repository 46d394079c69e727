import { expect, test } from 'vitest';
import { createApp } from './app.ts';
import { sendCsv } from './csv.ts';

async function fileOf(...names: string[]): Promise<string> {
  const app = await createApp({
    authenticate: async () => ({
      kind: 'staff',
      companyId: '1',
      id: '1',
      name: '林会计',
      permissions: new Set(),
      timeZone: 'Asia/Shanghai',
    }),
    publicUrl: 'http://localhost',
  });
  app.get('/list.csv', { config: { permission: 'signed-in' } }, async (_request, reply) => {
    async function* rows() {
      yield* names;
    }
    return await sendCsv(reply, '名单.csv', [{ title: '姓名', cell: (name) => name }], rows());
  });
  return (await app.inject('/list.csv')).body;
}

test('a name that is a formula stays a name in the accountant’s spreadsheet', async () => {
  const formulas = ['=1+1', '+1', '-A1', '@SUM(1)', '\t=1', '＝1+1', '＋1', '－A1', '＠SUM(1)'];
  const lines = (await fileOf(...formulas)).split('\r\n').slice(1, -1);
  expect(lines).toEqual(formulas.map((formula) => `'${formula}`));
  expect(await fileOf('\n=1')).toContain(`"'\n=1"`);
});

test('amounts stay amounts', async () => {
  expect(await fileOf('-254.70', '0.05')).toBe('\uFEFF姓名\r\n-254.70\r\n0.05\r\n');
});

test('a time is told as the clock on the accountant’s wall showed it', async () => {
  expect(await fileOf('2026-11-24T16:05:09.250Z')).toContain('2026-11-25 00:05:09\r\n');
});

test('a trade number keeps all its digits in a spreadsheet', async () => {
  expect(await fileOf('4200956389202611254535186475')).toContain(
    '\t4200956389202611254535186475\r\n',
  );
});

import { expect, test } from '@playwright/test';
import { entryOf } from '../../apps/resident/src/pages.ts';
import { addressOf, examplesOf, pageNames } from '../../tools/screens/app-pages.ts';
import { demoLoaded } from './resident-homes.ts';
import { modes, payOneBill, show, signInByWallet } from './resident-steps.ts';
import { expectAccessible, expectFits } from './steps.ts';

test('every page fits, has one title, and can be used by everybody', async ({
  page,
  playwright,
  baseURL,
}) => {
  test.setTimeout(600_000);
  const request = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  await demoLoaded(request);
  await request.dispose();
  await signInByWallet(page);
  await payOneBill(page);
  const examples = await examplesOf(page.request);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  for (const mode of modes) {
    for (const name of pageNames) {
      await test.step(`${name} ${mode.name}`, async () => {
        await show(page, mode, addressOf(name, examples));
        const title = page.getByRole('heading', { level: 1 });
        await expect(title).toHaveCount(1);
        expect(await page.title()).toBe(await title.textContent());
        if (mode.language === 'en') await expect(title).not.toHaveText(entryOf(name).title.zh);
        await expect(page.getByRole('alert')).toHaveCount(0);
        await expectFits(page);
        await expectAccessible(page);
      });
    }
  }
  expect(errors).toEqual([]);
});

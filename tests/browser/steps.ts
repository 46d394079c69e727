import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The demo's login; its password is printed at every start. */
export async function signIn(page: Page): Promise<void> {
  await page.goto('/console/sign-in');
  await page.getByLabel('登录名').fill('admin');
  await page.getByRole('textbox', { name: '密码' }).fill('wuye-demo-2026');
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('heading', { name: '今日', level: 1 })).toBeVisible();
}

/** Chooses an option of one of the console's select fields by what is read. */
export async function choose(page: Page, field: string, option: string): Promise<void> {
  const box = page.getByRole('dialog').getByLabel(field, { exact: true });
  const options = page.locator('.ant-select-dropdown:visible .ant-select-item-option-content');
  const chosen = page.getByRole('dialog').getByTitle(option, { exact: true });
  // Options that arrive late replace those that a click was meant for.
  await expect(async () => {
    await box.click();
    await options.getByText(option, { exact: true }).click({ timeout: 2000 });
    await expect(chosen).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 20_000 });
}

/** In the simulated wallet: chooses the user when it asks, and comes back to the page. */
export async function scan(page: Page, url: string): Promise<void> {
  await page.goto(url);
  if (page.url().includes('/sim/')) {
    await page.getByText('王小明').first().click();
    await page.waitForURL(/\/q\//);
  }
}

/** As text: this file is not compiled for a browser. What moves for ever is not waited for. */
const nothingMoves = `document.getAnimations().every((one) =>
  one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity)`;

/** Nothing that keeps a person with a screen reader or weak eyes from using the page. */
export async function expectAccessible(page: Page): Promise<void> {
  // What comes or goes is half transparent for a moment, and read as too faint.
  await expect.poll(() => page.evaluate(nothingMoves)).toBe(true);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect(grave).toEqual([]);
}

/** Nothing sticks out: on a phone nobody should have to push a page sideways. */
export async function expectFits(page: Page): Promise<void> {
  // As text: this file is not compiled for a browser.
  const surplus = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(surplus).toBeLessThanOrEqual(0);
}

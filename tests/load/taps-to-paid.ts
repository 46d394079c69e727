import type { Browser } from '@playwright/test';
import { phone } from './slow-phone.ts';

type Cookies = Parameters<Awaited<ReturnType<typeof phone>>['addCookies']>[0];

/** Taps from opening the app to the page that says it is paid, the wallet's own among them. */
export async function tapsToPaid(
  browser: Browser,
  { url, cookies }: { readonly url: string; readonly cookies: Cookies },
): Promise<number> {
  const context = await phone(browser);
  await context.addCookies(cookies);
  const page = await context.newPage();
  let taps = 0;
  await page.exposeFunction('countTap', () => {
    taps += 1;
  });
  await page.addInitScript(
    "addEventListener('click', (event) => event.isTrusted && window.countTap(), true)",
  );
  await page.goto(url);
  await page.getByRole('button', { name: /^去缴费/ }).click();
  await page.getByRole('button', { name: '支付', exact: true }).click();
  await page.getByRole('heading', { name: '支付成功' }).waitFor();
  await context.close();
  return taps;
}

/** Of the page: the build makes one script for each. */
declare const LANGUAGE: 'zh' | 'en';

import { smaller } from './smaller.ts';

const sending = LANGUAGE === 'en' ? 'Sending…' : '正在提交…';

/**
 * The forms work without it. With it photos are made smaller before they travel, and a button that
 * was tapped says so and is not tapped twice.
 */
for (const form of [...document.forms]) {
  const status = form.querySelector('[role=status]');
  form.addEventListener('submit', () => {
    if (status) status.textContent = sending;
    // Later, or the value of the button that was tapped would not be sent.
    setTimeout(() => switchButtons(true));
  });
  // Back from the next page a browser shows this one as it was.
  addEventListener('pageshow', () => {
    if (status) status.textContent = '';
    switchButtons(false);
  });
  const switchButtons = (isOff: boolean) => {
    for (const button of form.querySelectorAll('button')) button.disabled = isOff;
  };
  const input = form.querySelector<HTMLInputElement>('[type=file]');
  input?.addEventListener('change', () => {
    switchButtons(true);
    void smaller(input).then(() => switchButtons(false));
  });
}

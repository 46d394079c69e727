import { follow } from './follow.ts';
import { payButton } from './pay.ts';

const form = document.forms[0];
const path = document.querySelector('main')?.dataset.follow;
const button = document.querySelector('button');
const status = document.querySelector('#say');

if (path) {
  // A receipt that waits, or a code to scan: the page changes when our own books do.
  const isReceipt = location.pathname.endsWith('/receipt');
  follow(path, (state) => {
    if (state !== 'paid' && state !== 'closed') return;
    if (isReceipt) location.reload();
    else location.replace(`${path}/receipt`);
  })(true);
} else if (form?.dataset.auto) form.submit();
else if (form && button && status) {
  const pay = payButton({ form, button, status });
  form.addEventListener('change', () => pay.update());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    pay.go();
  });
  // Back from the receipt the browser would show the page as it was.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
  pay.update();
  pay.resume();
}

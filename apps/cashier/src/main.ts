import { payButton } from './pay.ts';

const form = document.forms[0];
const button = document.querySelector('button');
const status = document.querySelector('#say');

if (form && button && status) {
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

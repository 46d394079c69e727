/** 王小明 → 王*明, 王明 → 王*; a firm shows both ends: 晨光**公司. */
export function maskCounterparty(name: string): string {
  const letters = [...name.trim()];
  const count = letters.length;
  if (count === 0) return '';
  if (count === 1) return '*';
  if (count === 2) return `${letters[0]}*`;
  const shown = count > 5 ? 2 : 1;
  const stars = '*'.repeat(Math.min(count - 2 * shown, 2));
  return `${letters.slice(0, shown).join('')}${stars}${letters.slice(-shown).join('')}`;
}

/** Only its last four digits: 6222020200012345678 → *5678. */
export function maskAccount(number: string): string {
  const digits = number.replace(/[\s-]/g, '');
  return digits === '' ? '' : `*${digits.slice(-4)}`;
}

/** Phones, id numbers and cards in a remark lose their middle. */
export function maskText(text: string): string {
  return text.replace(/\d{7,}[\dXx]?/g, (run) =>
    run.length >= 15 ? `${run.slice(0, 3)}****${run.slice(-4)}` : `${run.slice(0, 3)}****`,
  );
}

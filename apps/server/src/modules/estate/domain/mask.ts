/** 王明 → 王*, 王小明 → 王*明, 欧阳小明 → 欧**明; a firm shows both ends: 晨光**公司. */
export function maskName(name: string): string {
  const letters = [...name];
  const count = letters.length;
  if (count <= 1) return '*';
  if (count === 2) return `${letters[0]}*`;
  const shown = count > 5 ? 2 : 1;
  const stars = '*'.repeat(Math.min(count - 2 * shown, 2));
  return `${letters.slice(0, shown).join('')}${stars}${letters.slice(-shown).join('')}`;
}

/** 13912340001 → 139****0001. A shorter number shows its last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  if (digits.length >= 11) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  return `****${digits.slice(-2)}`;
}

/** Any text that may hold a phone or an id number: long runs of digits lose their middle. */
export function maskDigits(text: string): string {
  return text.replace(/\d{7,}[\dXx]?/g, (run) =>
    run.length >= 15 ? `${run.slice(0, 3)}***********` : `${run.slice(0, 3)}****${run.slice(-4)}`,
  );
}

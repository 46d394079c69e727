/** Crockford's letters: none that is mistaken for another when it is read out. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 6;

/** What people call a case: the company's day and six letters of its id, "S261124-7F3K9Q". */
export function caseNoOf(day: string, id: string): string {
  return nameOf('S', day, id);
}

/** What people call a refund: "R261124-7F3K9Q". */
export function refundNameOf(day: string, id: string): string {
  return nameOf('R', day, id);
}

function nameOf(letter: 'S' | 'R', day: string, id: string): string {
  let tail = BigInt(`0x${id.replaceAll('-', '').slice(-12)}`);
  let text = '';
  for (let index = 0; index < length; index += 1) {
    text = (letters[Number(tail % 32n)] ?? '0') + text;
    tail /= 32n;
  }
  return `${letter}${day.slice(2).replaceAll('-', '')}-${text}`;
}

/**
 * Twenty-six characters of which no two look alike on paper: of each group that does (0 O D Q,
 * 1 I L, 2 Z, 5 S, 6 G, 8 B, U V) only one is used.
 */
const alphabet = '0123456789ACEFHJKMNPRTVWXY';
const alike: Readonly<Record<string, string>> = {
  O: '0',
  D: '0',
  Q: '0',
  I: '1',
  L: '1',
  Z: '2',
  S: '5',
  G: '6',
  B: '8',
  U: 'V',
};
const letters = 'ACEFHJKMNPRTVWXY';
/** Eight characters and the check character: 26⁸ numbers, so that a slip meets no other unit. */
export const referenceLength = 9;

/**
 * A new reference: it begins with a letter and has another, so that no phone number or amount in
 * a remark reads as one.
 * @param random at least 8 bytes
 */
export function makeReference(random: Uint8Array): string {
  const pick = (from: string, index: number) => from[(random[index] ?? 0) % from.length] ?? '0';
  const body = Array.from({ length: referenceLength - 1 }, (_none, index) =>
    pick(index === 0 || index === 4 ? letters : alphabet, index),
  ).join('');
  return body + checkCharacter(body);
}

/** In groups of three, as it is printed: K7M 3PX 9RT. */
export function printedReference(reference: string): string {
  return reference.replace(/(...)(?=.)/g, '$1 ');
}

/** ISO 7064 MOD 27,26: finds every wrong character and nearly every swap of neighbours. */
export function checkCharacter(body: string): string {
  const remainder = remainderOf(body);
  return alphabet[(27 - remainder) % 26] ?? '';
}

function remainderOf(body: string): number {
  let product = 26;
  for (const character of body) {
    const sum = (product + alphabet.indexOf(character)) % 26 || 26;
    product = (sum * 2) % 27;
  }
  return product;
}

function isReference(text: string): boolean {
  return (
    text.length === referenceLength &&
    letters.includes(text[0] ?? '') &&
    checkCharacter(text.slice(0, -1)) === text.at(-1)
  );
}

/** Remarks are at most this long; a longer one is cut, so that reading it costs the same. */
const mostCharacters = 500;

/**
 * Every place in a remark that may be a reference, in its one spelling: whatever the case, with
 * blanks, dots and hyphens inside, look-alikes read as the one that is used. The check character
 * decides; whether such a reference was ever given out, the caller looks up.
 */
export function referencesIn(text: string): string[] {
  return [...new Set(windowsOf(text).filter(isReference))];
}

/** References that differ from what stands in the remark by one character. */
export function nearReferencesIn(text: string): string[] {
  const near = new Set<string>();
  for (const window of windowsOf(text)) {
    if (isReference(window) || !/\d/.test(window) || !/[A-Z]/.test(window)) continue;
    for (let place = 0; place < referenceLength; place += 1) {
      for (const character of alphabet) {
        const changed = window.slice(0, place) + character + window.slice(place + 1);
        if (isReference(changed)) near.add(changed);
      }
    }
  }
  return [...near].slice(0, mostNear);
}

/** About nine a place of the remark; a remark with more is no remark. */
const mostNear = 400;

function windowsOf(text: string): string[] {
  const runs = text
    .slice(0, mostCharacters)
    .toUpperCase()
    .replace(/[\s.\-_/·]+/g, '')
    .split(/[^0-9A-Z]+/);
  return runs.flatMap((run) => {
    const spelt = [...run].map((character) => alike[character] ?? character).join('');
    return Array.from({ length: Math.max(0, spelt.length - referenceLength + 1) }, (_none, at) =>
      spelt.slice(at, at + referenceLength),
    );
  });
}

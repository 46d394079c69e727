/** Without characters that look alike; links are also read out and typed. */
const letters = '23456789abcdefghjkmnpqrstuvwxyz';
/** 31^13 ≈ 2^64 codes a company. */
const secretLength = 13;

/**
 * The code of a link: the company's short code, then characters drawn from a keyed hash of the
 * message's id, so that the same message always has the same one and nobody can guess it.
 */
export function linkCode(shortCode: string, hash: Buffer): string {
  let number = BigInt(`0x${hash.subarray(0, 12).toString('hex')}`);
  let secret = '';
  for (let place = 0; place < secretLength; place += 1) {
    secret += letters[Number(number % BigInt(letters.length))];
    number /= BigInt(letters.length);
  }
  return shortCode + secret;
}

/** @returns the short code of the company, or undefined for what is no code of ours */
export function companyOfLink(code: string): string | undefined {
  return new RegExp(`^([a-z][a-z0-9]{1,6})[${letters}]{${secretLength}}$`).exec(code)?.[1];
}

const robots = new RegExp(
  [
    'bot\\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|telegram|skype',
    'embed|fetch|scan|monitor|curl|wget|python|java/|go-http|okhttp|headless|node\\b|axios',
    'urlcheck|safebrowsing|qqmanagerurl|tencent-?security|linkcheck',
  ].join('|'),
  'i',
);

/** Programs that look at links in messages before people do, or instead of them. */
export function isRobot(userAgent: string | undefined): boolean {
  return !userAgent || robots.test(userAgent);
}

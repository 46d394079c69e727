/** One spelling for a login name: full-width letters and capitals do not make another person. */
export function loginNameOf(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** The commonest passwords that have the length; a longer list belongs to a checker of breaches. */
const common = new Set([
  '1234567890',
  '0123456789',
  '0987654321',
  '1111111111',
  '0000000000',
  '8888888888',
  '6666666666',
  'password123',
  'passw0rd123',
  'qwertyuiop',
  'qwerty12345',
  '1q2w3e4r5t',
  'admin12345',
  'admin123456',
  'administrator',
  'iloveyou1314',
  'woaini1314520',
  'a123456789',
  '123456789a',
  'wuye123456',
]);

/** Whether a stranger would try it among the first. */
export function isWeakPassword(password: string, loginName: string): boolean {
  const text = password.toLowerCase();
  const isOneLetter = new Set(text).size < 4;
  return isOneLetter || common.has(text) || text.replaceAll(/\d/g, '') === loginNameOf(loginName);
}

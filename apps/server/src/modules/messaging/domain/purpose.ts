/** Somebody waits for it, or the law asks for it: no quiet hours, no opt-out, no cap. */
const urgent: ReadonlySet<string> = new Set(['code', 'binding', 'test']);
/** Must reach the person in some way, so opt-outs choose the way and not whether. */
const owed: ReadonlySet<string> = new Set(['autopay']);

export function isUrgent(purpose: string): boolean {
  return urgent.has(purpose);
}

export function isOwed(purpose: string): boolean {
  return owed.has(purpose);
}

import { type Finding, isCode, type Source } from './source.ts';

const MAX_LINES = 300;
const MAX_COLUMNS = 100;

/** File and line limits. Function limits are oxlint's, which reads the syntax. */
export function checkLimits({ path, text }: Source): Finding[] {
  if (!isCode(path) && !path.endsWith('.css')) return [];
  const lines = text.trimEnd().split('\n');
  const long = lines.flatMap((line, index) =>
    line.length > MAX_COLUMNS && !isOneText(line)
      ? [{ path, line: index + 1, message: `longer than ${MAX_COLUMNS} columns` }]
      : [],
  );
  if (lines.length <= MAX_LINES) return long;
  const message = `${lines.length} lines; a file holds one idea and stops at ${MAX_LINES}`;
  return [...long, { path, line: MAX_LINES, message }];
}

/** The formatter cannot break a text, a pattern or an address; one that fills its line may stay. */
function isOneText(line: string): boolean {
  const text = line.trim().replace(/[,;)\]}]+$/, '');
  if (/^(\/\/|\*) .*https?:\S+$/.test(text)) return true;
  const quote = /['"`]|\/\w*$/.exec(text.slice(-4))?.[0]?.charAt(0);
  if (!quote) return false;
  return text.indexOf(quote) < text.length / 3;
}

import { type Finding, isCode, type Source } from './source.ts';

const MAX_LINES = 300;
const MAX_COLUMNS = 100;

/** A text that stands alone on its line, perhaps after a name; the formatter cannot break it. */
const LONE_TEXT =
  /^\s*(?:\/\/.*https?:\S+|(?:[\w'.?-]+[:=(]?\s*)*(?:'.*'|`.*`?|".*"|\/.*\/\w*)[,;)\]}]*)$/;

/** File and line limits. Function limits are oxlint's, which reads the syntax. */
export function checkLimits({ path, text }: Source): Finding[] {
  if (!isCode(path) && !path.endsWith('.css')) return [];
  const lines = text.trimEnd().split('\n');
  const long = lines.flatMap((line, index) =>
    line.length > MAX_COLUMNS && !LONE_TEXT.test(line)
      ? [{ path, line: index + 1, message: `longer than ${MAX_COLUMNS} columns` }]
      : [],
  );
  if (lines.length <= MAX_LINES) return long;
  const message = `${lines.length} lines; a file holds one idea and stops at ${MAX_LINES}`;
  return [...long, { path, line: MAX_LINES, message }];
}

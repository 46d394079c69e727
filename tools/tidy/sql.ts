import { type Finding, isTest, lineAt, moduleOf, type Source } from './source.ts';

/** Every module may anchor its statements on the company row. */
const READ_BY_ALL = new Set(['identity.company']);

const TAGGED = /\bsql(?:<[^`]*?>)?`((?:[^`\\]|\\.)*)`/g;
const TABLE = /\b(from|join|into|update|using)\s+(?:only\s+)?([a-z_]+)\.([a-z_]+)\b(\s*\()?/gi;

/** SQL stands in store/ and queries/, and touches its own schema or what others publish. */
export function checkSql(source: Source, modules: ReadonlySet<string>): Finding[] {
  const module = moduleOf(source.path);
  if (!module || isTest(source.path) || !source.path.endsWith('.ts')) return [];
  const isAllowedPlace = /^[^/]+(\/[^/]+)?\/(store|queries)\//.test(
    source.path.slice('apps/server/src/modules/'.length),
  );
  return [...source.text.matchAll(TAGGED)].flatMap((match) => {
    const finding = (offset: number, message: string) => ({
      path: source.path,
      line: lineAt(source.text, match.index + offset),
      message,
    });
    const statement = match[1] ?? '';
    const start = match[0].length - statement.length - 1;
    const found = isAllowedPlace
      ? []
      : [finding(0, 'SQL stands in store/ (writes, locks) or queries/ (reads)')];
    for (const table of statement.matchAll(TABLE)) {
      const [, verb = '', schema = '', name = '', call] = table;
      const isOther = (modules.has(schema) && schema !== module) || schema === 'platform';
      if (!isOther || call || mayUse(verb, schema, name)) continue;
      found.push(
        finding(start + table.index, `${schema}.${name} is not ours: use a pub_ view or its door`),
      );
    }
    const clock = /\b(now\(\)|current_timestamp|clock_timestamp\(\)|current_date)/i.exec(statement);
    if (clock) found.push(finding(start + clock.index, `${clock[0]}: time is a parameter`));
    return found;
  });
}

function mayUse(verb: string, schema: string, name: string): boolean {
  const isRead = !/^(into|update)$/i.test(verb);
  return isRead && (name.startsWith('pub_') || READ_BY_ALL.has(`${schema}.${name}`));
}

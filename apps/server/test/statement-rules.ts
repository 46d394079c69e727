/** What a statement is not allowed to be on a cluster, as far as its text shows it. */
export interface Broken {
  readonly rule: string;
  readonly statement: string;
}

export interface KnownTables {
  /** Tables that have company_id, and the views over them. */
  readonly company: ReadonlySet<string>;
}

/** A function of a schema stands where a table may: it is followed by a bracket. */
const relation =
  /\b(?:into|update)\s+([a-z_]+\.[a-z_]+)|\b(?:from|join|using)\s+([a-z_]+\.[a-z_]+)\b(?!\s*\()/g;

/** The rules that a statement breaks; docs/decisions/0021-sql-for-a-cluster.md. */
export function brokenRules(text: string, tables: KnownTables): string[] {
  const sent = normalised(text);
  const found = [...sent.matchAll(relation)].map((match) => match[1] ?? match[2] ?? '');
  const ofCompanies = found.filter((name) => tables.company.has(name));
  if (ofCompanies.length === 0) return [];
  return rules.flatMap(({ name, isBroken }) => (isBroken(sent, ofCompanies) ? [name] : []));
}

interface Rule {
  readonly name: string;
  readonly isBroken: (sent: string, tables: readonly string[]) => boolean;
}

const namesCompany = /\bcompany_id = (?:any \()?\$\d|\bcompany\.id = (?:any \()?\$\d|\bid = \$\d/;

const timeOrChance = new RegExp(
  [
    '\\b(now|random|clock_timestamp|statement_timestamp|gen_random_uuid|uuidv7|nextval)\\(',
    '\\bcurrent_(date|timestamp)\\b',
  ].join('|'),
);

/** A joined table and its condition, up to what follows. */
const joinOfTable =
  /\bjoin ([a-z_]+\.[a-z_]+)\b(.*?)(?=\bjoin\b|\bwhere\b|\bgroup by\b|\border by\b|$)/g;

const rules: readonly Rule[] = [
  {
    name: 'names the company with equality to a parameter',
    isBroken: (sent, tables) =>
      isOnlyCompany(tables)
        ? !/\bid = (?:any \()?\$\d/.test(sent)
        : !namesTheCompany(sent) && !isInsertOfValues(sent),
  },
  {
    name: 'joins company tables on company_id',
    isBroken: (sent, tables) =>
      [...sent.matchAll(joinOfTable)].some(
        ([, table = '', condition = '']) =>
          tables.includes(table) && !/company_id|company\.id/.test(condition),
      ),
  },
  {
    name: 'says company_id for every table',
    isBroken: (sent, tables) =>
      (sent.match(/\bcompany_id\b|\bcompany\.id\b/g) ?? []).length <
      tables.filter((table) => table !== 'identity.company').length,
  },
  {
    name: 'reads arrays in an insert only beside the company row or a company table',
    isBroken: (sent) =>
      sent.startsWith('insert into') &&
      /\b(unnest|jsonb_to_recordset)\(/.test(sent) &&
      !/\bfrom identity\.company\b/.test(sent) &&
      !/\.company_id = \$\d/.test(sent),
  },
  {
    name: 'takes time and chance as parameters',
    isBroken: (sent) => timeOrChance.test(sent),
  },
  {
    name: 'never assigns company_id',
    isBroken: (sent) => /\bset (?:[^;]*, )?company_id =/.test(sent.replace(/\bwhere\b.*/, '')),
  },
  {
    name: 'locks rows only with a company filter, in key order',
    isBroken: (sent) => /\bfor (no key )?update\b/.test(sent) && !locksInOrder(sent),
  },
  {
    name: 'has no rollup, cube, grouping sets or recursion',
    isBroken: (sent) => /\b(rollup|cube|grouping sets|with recursive)\b/.test(sent),
  },
  {
    name: 'sets no session state',
    isBroken: (sent) => /\b(pg_advisory_lock|pg_try_advisory_lock|set_config)\(/.test(sent),
  },
];

function namesTheCompany(sent: string): boolean {
  return (
    /\bcompany_id = (?:any \()?\$\d/.test(sent) ||
    (/\bidentity\.company\b/.test(sent) && namesCompany.test(sent))
  );
}

function isOnlyCompany(tables: readonly string[]): boolean {
  return tables.every((table) => table === 'identity.company');
}

/** The company is the first value. */
function isInsertOfValues(sent: string): boolean {
  return /^insert into \S+(?: as \w+)? \((?:company_id|id),[^)]*\) values \(\$1,/.test(sent);
}

/** One row by its key, one by a unique key, or several in the order of theirs. */
function locksInOrder(sent: string): boolean {
  if (!/\bcompany_id = \$\d/.test(sent)) return false;
  return /\border by\b/.test(sent) || /\b(id|order_no|key|token_sha256|mch_id) = \$\d/.test(sent);
}

function normalised(text: string): string {
  return text
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('( ', '(')
    .trim()
    .toLowerCase();
}

import { createHash } from 'node:crypto';

/**
 * A statement written as SQL, with its values apart. Values are always sent as parameters;
 * another statement as a value is spliced in as a fragment.
 */
export interface Statement<Row = Record<string, unknown>> {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Only carries the row type. */
  readonly row?: Row;
}

class BuiltStatement<Row> implements Statement<Row> {
  declare readonly row?: Row;
  readonly text: string;
  readonly values: readonly unknown[];

  constructor(text: string, values: readonly unknown[]) {
    this.text = text;
    this.values = values;
  }
}

/** `` sql<Row>`select … where company_id = ${companyId}` `` */
export function sql<Row = Record<string, unknown>>(
  strings: TemplateStringsArray,
  ...inputs: readonly unknown[]
): Statement<Row> {
  let text = strings[0] ?? '';
  const values: unknown[] = [];
  inputs.forEach((input, index) => {
    if (input instanceof BuiltStatement) {
      text += renumber(input.text, values.length);
      values.push(...input.values);
    } else {
      values.push(input);
      text += `$${values.length}`;
    }
    text += strings[index + 1] ?? '';
  });
  return new BuiltStatement<Row>(text, values);
}

/** Fragments put one after the other, for filters that depend on the request. */
export function joinSql(parts: readonly Statement[], separator: ' and ' | ', ' | ' '): Statement {
  let text = '';
  const values: unknown[] = [];
  parts.forEach((part, index) => {
    text += (index === 0 ? '' : separator) + renumber(part.text, values.length);
    values.push(...part.values);
  });
  return new BuiltStatement(text, values);
}

export const emptySql: Statement = new BuiltStatement('', []);

function renumber(text: string, offset: number): string {
  return offset === 0
    ? text
    : text.replace(/\$(\d+)/g, (_match, digits: string) => `$${Number(digits) + offset}`);
}

const names = new Map<string, string>();
/** Beyond this many distinct texts a statement is sent unprepared, so that memory is bounded. */
const maxPrepared = 1000;

/** A stable name under which the database keeps the plan of a statement. */
export function preparedName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= maxPrepared) return undefined;
  const name = `q_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, name);
  return name;
}

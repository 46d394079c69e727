/** What a canned answer may name; filled in from the ticket. */
export const cannedVariables = [
  'resident',
  'unit',
  'ticketNo',
  'category',
  'staff',
  'company',
] as const;
export type CannedVariable = (typeof cannedVariables)[number];

/** @returns the first name in braces that stands for nothing */
export function unknownVariable(...texts: readonly string[]): string | undefined {
  const names = texts.flatMap((text) =>
    [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name),
  );
  return names.find((name) => !cannedVariables.some((known) => known === name));
}

/** In one pass, so that a value that looks like a variable stays what it is. */
export function fillCanned(text: string, values: Readonly<Record<CannedVariable, string>>): string {
  return text.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) =>
    name in values ? values[name as CannedVariable] : whole,
  );
}

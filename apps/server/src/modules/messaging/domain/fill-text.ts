/** Puts variables and link into a text. What is not known stays as it stands. */
export function fillText(
  text: string,
  variables: Readonly<Record<string, string>>,
  link: string | undefined,
): string {
  return text.replace(/\{(\w+)\}/g, (open, name: string) =>
    name === 'link' ? (link ?? open) : (variables[name] ?? open),
  );
}

/** The names that a text uses. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

/**
 * The last part of a link. Where a variable may not hold a link, the template's fixed text ends in
 * the path and this is the variable.
 */
export function linkCodeOf(link: string | undefined): string {
  return (
    link
      ?.replace(/[?#].*$/, '')
      .replace(/\/+$/, '')
      .split('/')
      .at(-1) ?? ''
  );
}

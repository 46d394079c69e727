/** Markup that is safe to send: made by `html`, which escapes every value. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | undefined | readonly Markup[];

/** `` html`<p>${name}</p>` ``: text is escaped, markup and lists of it are put in as they are. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  // Our own line breaks become one space inside a tag and nothing between tags; values stay.
  const [first = '', ...rest] = strings.map((own) =>
    own
      .replace(/>\n\s*/g, '>')
      .replace(/\n\s*</g, '<')
      .replace(/\n\s*/g, ' '),
  );
  let text = first;
  parts.forEach((part, index) => {
    text += render(part) + (rest[index] ?? '');
  });
  return new Markup(text);
}

function render(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return part.map(({ text }) => text).join('');
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

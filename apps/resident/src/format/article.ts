/** One line of an article or announcement. */
export type Block =
  | { readonly kind: 'heading' | 'point' | 'text'; readonly text: string }
  /** `name`: of a picture of the product, or the id of one of the company's. */
  | { readonly kind: 'picture'; readonly text: string; readonly name: string };

/** `# ` begins a heading, `- ` a point, `![words](picture:name)` is a picture, all else is text. */
export function blocksOf(body: string): readonly Block[] {
  return body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(blockOf);
}

function blockOf(line: string): Block {
  const picture = /^!\[([^\]]*)\]\(picture:([^)\s]+)\)$/.exec(line);
  if (picture) return { kind: 'picture', text: picture[1] ?? '', name: picture[2] ?? '' };
  if (line.startsWith('# ')) return { kind: 'heading', text: line.slice(2) };
  if (line.startsWith('- ')) return { kind: 'point', text: line.slice(2) };
  return { kind: 'text', text: line };
}

/** One line of a body, as it is shown. */
export type Block =
  | { readonly kind: 'heading' | 'point' | 'text'; readonly text: string }
  /** `name`: of a built-in picture, or the id of one of the company's. */
  | { readonly kind: 'picture'; readonly text: string; readonly name: string };

export function blocksOf(body: string): readonly Block[] {
  return body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const picture = /^!\[([^\]]*)\]\(picture:([^)\s]+)\)$/.exec(line);
      if (picture) return { kind: 'picture', text: picture[1] ?? '', name: picture[2] ?? '' };
      if (line.startsWith('# ')) return { kind: 'heading', text: line.slice(2) };
      if (line.startsWith('- ')) return { kind: 'point', text: line.slice(2) };
      return { kind: 'text', text: line };
    });
}

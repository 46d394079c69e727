/** Texts of the present page that do not fit: cut off by their box, or beyond the screen's edge. */
export function clippedTexts(): string[] {
  const view = document.querySelector('.page-view:not([hidden])');
  if (view === null) return ['there is no page'];
  const { left, right } = view.getBoundingClientRect();
  const found = view.scrollWidth > view.clientWidth + 1 ? ['the page scrolls sideways'] : [];
  for (const element of view.querySelectorAll<HTMLElement>('*')) {
    const text = ownText(element);
    if (text === '' || !element.checkVisibility()) continue;
    const box = element.getBoundingClientRect();
    if (box.left < left - 1 || box.right > right + 1) found.push(`beyond the edge: ${text}`);
    const style = getComputedStyle(element);
    const isCut = (overflow: string, inner: number, outer: number) =>
      overflow !== 'visible' && outer > 1 && inner > outer + 1;
    if (isCut(style.overflowX, element.scrollWidth, element.clientWidth)) {
      found.push(`cut at the side: ${text}`);
    }
    if (isCut(style.overflowY, element.scrollHeight, element.clientHeight)) {
      found.push(`cut below: ${text}`);
    }
  }
  return found;
}

function ownText(element: HTMLElement): string {
  const field = element as HTMLInputElement;
  const texts = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
  return (texts.map(({ textContent }) => textContent).join('') || field.placeholder || '').trim();
}

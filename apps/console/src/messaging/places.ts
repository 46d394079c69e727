export interface Place {
  readonly place: string;
  readonly variable: string;
}

/** One place a line, `thing1=unit`; a name alone is both. */
export function placesOf(text: string): Place[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [place = '', variable = place] = line.split(/[=＝]/).map((part) => part.trim());
      return { place, variable };
    });
}

export function placesText(places: readonly Place[]): string {
  return places.map(({ place, variable }) => `${place}=${variable}`).join('\n');
}

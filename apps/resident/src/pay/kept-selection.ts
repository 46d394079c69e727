import { storage } from '#platform';
import { everything, type Selection } from './selection.ts';

/** Hands what was ticked to the page that asks once more. */
export function keepSelection(selection: Selection): void {
  storage.write('selection', JSON.stringify(selection));
}

export function keptSelection(): Selection {
  const text = storage.read('selection');
  return text === undefined
    ? everything
    : { ...everything, ...(JSON.parse(text) as Partial<Selection>) };
}

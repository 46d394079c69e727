import { modes } from '../../tests/browser/resident-steps.ts';

interface Title {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
}

/** Every page in a row: Chinese, English, elders' mode. */
export function indexOf(titles: readonly Title[]): string {
  const picture = (mode: string, { name, zh }: Title) =>
    `<img src="${mode}/${name}.webp" width="240" alt="${zh} (${mode})">`;
  const rows = titles.map(
    (title) =>
      `| **${title.zh}**<br>${title.en}<br>\`${title.name}\` | ${modes
        .map(({ name }) => picture(name, title))
        .join(' | ')} |`,
  );
  return [
    '# Screens of the residents’ app',
    '',
    'Taken on a phone of 412 px in the demo by `npx tsx tools/screens.ts`, which visits every page',
    'of `apps/resident/src/pages.ts`.',
    '',
    `| page | ${modes.map(({ name }) => name).join(' | ')} |`,
    `|---|${modes.map(() => '---|').join('')}`,
    ...rows,
    '',
  ].join('\n');
}

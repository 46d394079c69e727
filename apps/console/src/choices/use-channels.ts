import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import type { Option } from '../ui/Filters.tsx';

export type Channel = Item<'GET /api/channels'>;

/** Ways to pay at the desk that are no channels. */
const deskWays = ['cash', 'cheque', 'pos', 'bank-transfer'] as const;

export interface Channels {
  readonly all: readonly Channel[];
  readonly isLoading: boolean;
  find(this: void, name: string): Channel | undefined;
  /** How a channel, or a way of the desk, is called; its bare name when nobody knows it. */
  label(this: void, name: string): string;
  readonly options: readonly Option[];
  /** Channels, then the ways of the desk: all by which money can come. */
  readonly wayOptions: readonly Option[];
}

/** What the server knows of the channels; the console knows none of them by name. */
export function useChannels(): Channels {
  const { t } = useTranslation('choices');
  const [language] = useLanguage();
  const { data, isLoading } = useRead('GET /api/channels', {});
  return useMemo(() => {
    const all = data?.items ?? [];
    const find = (name: string) => all.find((channel) => channel.name === name);
    const desk = deskWays.map((way) => ({ value: way, label: t(`way.${way}`) }));
    const options = all.map(({ name, label }) => ({ value: name, label: label[language] }));
    const wayOptions = [...options, ...desk];
    const label = (name: string) =>
      wayOptions.find(({ value }) => value === name)?.label ?? (isLoading ? '' : name);
    return { all, isLoading, find, label, options, wayOptions };
  }, [data, isLoading, language, t]);
}

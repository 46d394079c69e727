import { Timeline } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyNotice } from './EmptyNotice.tsx';
import { preciseText } from './format.ts';

export interface HistoryEntry {
  readonly key: string;
  readonly at: string;
  readonly what: ReactNode;
  readonly who?: string | undefined;
  readonly tone?: 'good' | 'bad' | 'plain';
}

const colours = { good: 'green', bad: 'red', plain: 'blue' } as const;

/** Who did what when, in the order given. */
export function History({ entries }: { readonly entries: readonly HistoryEntry[] }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  if (entries.length === 0) return <EmptyNotice title={t('historyEmpty')} />;
  return (
    <Timeline
      items={entries.map(({ key, at, what, who, tone = 'plain' }) => ({
        key,
        color: colours[tone],
        content: (
          <div className="stack-tight">
            <div>{what}</div>
            <div className="muted figure" style={{ whiteSpace: 'normal' }}>
              <time dateTime={at}>{preciseText(at, language)}</time>
              {who && ` · ${who}`}
            </div>
          </div>
        ),
      }))}
    />
  );
}

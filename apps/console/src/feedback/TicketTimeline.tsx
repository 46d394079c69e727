import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/index.ts';
import { History } from '../ui/History.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import type { TicketDetail } from './TicketPage.tsx';

type Entry = TicketDetail['entries'][number];

const tones = { escalated: 'bad', rated: 'good', answered: 'good' } as const;

/** Who did what when; what only staff see is marked. */
export function TicketTimeline({ entries }: { readonly entries: readonly Entry[] }) {
  const shown = entries.map((entry) => ({
    key: entry.id,
    at: entry.at,
    who: entry.actorName,
    what: <EntryWords entry={entry} />,
    tone: tones[entry.kind as keyof typeof tones] ?? ('plain' as const),
  }));
  return <History entries={shown} />;
}

function EntryWords({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('feedback');
  const [language] = useLanguage();
  return (
    <div className="stack-tight">
      <span>
        {entry.title[language]}{' '}
        {entry.isInternal && <StateTag tone="warning">{t('one.internal')}</StateTag>}
      </span>
      {entry.text !== '' && <span className="wrapping">{entry.text}</span>}
      {entry.photos.length > 0 && (
        <div className="row">
          {entry.photos.map(({ id, width, height }, index) => (
            <a key={id} href={`/api/photos/${id}`} target="_blank" rel="noreferrer">
              <img
                src={`/api/photos/${id}`}
                alt={t('one.photo', { index: index + 1 })}
                width={Math.round((96 * width) / height)}
                height={96}
                loading="lazy"
              />
            </a>
          ))}
        </div>
      )}
    </div>
  );
}

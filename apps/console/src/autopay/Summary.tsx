import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { countText, dayText, todayOf } from '../ui/format.ts';
import { Money } from '../ui/Money.tsx';
import { Tile } from '../ui/Tile.tsx';

/** Days that the figures cover when nobody chose any. */
const usualDays = 30;

interface SummaryProps {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** How autopay does in some days: who has it, what came of the debits, and why some failed. */
export function Summary({ from, to }: SummaryProps) {
  const { t } = useTranslation(['autopay', 'ui']);
  const [language] = useLanguage();
  const until = to ?? todayOf();
  const since =
    from ??
    dayjs(until)
      .subtract(usualDays - 1, 'day')
      .format('YYYY-MM-DD');
  const { data } = useRead('GET /api/autopay/summary', { query: { from: since, to: until } });
  if (!data) return null;
  const rate = data.successRateBp === null ? t('ui:none') : `${data.successRateBp / 100}%`;
  const range = t('sum.range', { from: dayText(since, language), to: dayText(until, language) });
  return (
    <div className="stack-tight">
      <p className="muted">{range}</p>
      <dl className="tiles">
        <Tile label={t('sum.active')} value={countText(data.active)} />
        <Tile label={t('sum.signed')} value={countText(data.signedInPeriod)} />
        <Tile label={t('sum.ended')} value={countText(data.endedInPeriod)} />
        <Tile label={t('sum.paid')} value={countText(data.paid)} />
        <Tile label={t('sum.paidFen')} value={<Money fen={data.paidFen} />} />
        <Tile
          label={t('sum.failed')}
          value={countText(data.failed)}
          {...(data.failed > 0 && { tone: 'bad' as const })}
        />
        <Tile label={t('sum.rate')} value={rate} />
      </dl>
      {data.reasons.length > 0 && (
        <div>
          <h2 className="card-title">{t('sum.reasons')}</h2>
          <ul>
            {data.reasons.map(({ code, text, count }) => (
              <li key={code}>
                {text[language]} × {countText(count)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

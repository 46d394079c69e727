import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterSelect } from '../ui/Filters.tsx';
import './reminders.css';
import type { Preview } from './words.tsx';

type Example = Preview['examples'][number];
type Shown = Example['shown'][number];

/** What people of a real home would see, by every way that could bring it. */
export function ShownMessages({ examples }: { readonly examples: readonly Example[] }) {
  const { t } = useTranslation('reminders');
  const [unitId, setUnitId] = useState<string>();
  const homes = examples.filter(({ shown }) => shown.length > 0);
  const home = homes.find((one) => one.unitId === unitId) ?? homes[0];
  if (!home) return null;
  return (
    <section className="stack" aria-label={t('preview.shown')}>
      <div className="filters">
        <h3 className="card-title">{t('preview.shown')}</h3>
        {homes.length > 1 && (
          <FilterSelect
            label={t('preview.home')}
            value={home.unitId}
            onChange={setUnitId}
            options={homes.map((one) => ({ value: one.unitId, label: one.unitLabel }))}
          />
        )}
      </div>
      <div className="shown-messages">
        {home.shown.map((shown) => (
          <OneMessage key={shown.via} shown={shown} />
        ))}
      </div>
    </section>
  );
}

function OneMessage({ shown }: { readonly shown: Shown }) {
  const { t } = useTranslation('reminders');
  const { via, accountName, title, text, places, segments, costYuan } = shown;
  return (
    <article className="shown-message">
      <header className="row">
        <strong>{t(`via.${via}`)}</strong>
        <span className="muted">{accountName}</span>
      </header>
      {places.length > 0 ? (
        <dl className="shown-card">
          {places.map(({ place, value }) => (
            <div key={place}>
              <dt className="muted">{place}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <>
          {via !== 'sms' && <strong>{title}</strong>}
          <p className="shown-text">{text}</p>
        </>
      )}
      <footer className="muted">
        {[
          ...(segments === null ? [] : [t('preview.shownSegments', { count: segments })]),
          ...(Number(costYuan) === 0
            ? []
            : [t('preview.shownCost', { yuan: String(Number(costYuan)) })]),
        ].join(' · ')}
      </footer>
    </article>
  );
}

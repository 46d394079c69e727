import { type CSSProperties, useEffect, useRef } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { entryOf, tabs } from '../../pages.ts';
import { setTitle } from '../../platform/web/device.ts';
import { back } from '../../platform/web/place.ts';
import { useSettings } from '../../settings/index.ts';
import { OfflineNotice } from '../OfflineNotice.tsx';
import { uiTexts } from '../texts.ts';
import type { PageProps } from '../types.ts';
import { Link } from './links.tsx';

export function Page({ title, tab, foot, hasNoBack = false, children }: PageProps) {
  const t = useTexts(uiTexts);
  const { isElder, scale } = useSettings();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => setTitle(title), [title]);
  // Whoever listens hears where they have come to.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div
      className={`page ${isElder ? 'page-elder' : ''}`}
      style={{ '--k': scale } as CSSProperties}
    >
      <header className="page-head">
        {tab === undefined && !hasNoBack && (
          <button type="button" className="button button-plain page-back" onClick={back}>
            <span className="icon icon-back" aria-hidden />
            {t('back')}
          </button>
        )}
        <h1 className="page-title" tabIndex={-1} ref={heading}>
          {title}
        </h1>
      </header>
      <main className="page-body">
        <OfflineNotice />
        {children}
      </main>
      {(foot !== undefined || tab !== undefined) && (
        <div className="page-bottom">
          {foot !== undefined && (
            <section className="page-foot" aria-label={title}>
              {foot}
            </section>
          )}
          {tab !== undefined && <Tabs present={tab} />}
        </div>
      )}
    </div>
  );
}

function Tabs({ present }: { readonly present: string }) {
  const t = useTexts(uiTexts);
  const { language } = useSettings();
  return (
    <nav className="tabs" aria-label={t('tabs')}>
      {tabs.map((tab) => (
        <Link key={tab} to={tab} className={`tab ${tab === present ? 'tab-here' : ''}`}>
          <span className={`icon icon-${tab}`} aria-hidden />
          <span aria-current={tab === present ? 'page' : undefined}>
            {entryOf(tab).title[language]}
          </span>
        </Link>
      ))}
    </nav>
  );
}

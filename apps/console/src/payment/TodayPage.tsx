import { useQueryClient } from '@tanstack/react-query';
import { Card } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { countText, dayText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Money } from '../ui/Money.tsx';
import { Page } from '../ui/Page.tsx';
import { Tile } from '../ui/Tile.tsx';
import { createNewcomers, type Heard } from './announcements.ts';
import { ChannelTable } from './ChannelTable.tsx';
import { LiveBadge } from './LiveBadge.tsx';
import { NewestPayments } from './NewestPayments.tsx';
import { useLive } from './use-live.ts';
import { useVoice } from './use-voice.ts';
import { VoiceSwitch } from './VoiceSwitch.tsx';
import './payment.css';

type Today = Answer<'GET /api/today'>;

const pollMs = 10_000;
/** While events arrive, the figures are still read now and then: a hint may get lost. */
const quietMs = 60_000;

export function TodayPage() {
  const { t } = useTranslation('payment');
  const [language] = useLanguage();
  const queryClient = useQueryClient();
  const voice = useVoice();
  const [spoken, setSpoken] = useState('');
  const { announce, wordsOf } = voice;
  const hear = useCallback(
    (payments: readonly Heard[]) => {
      if (payments.length === 0) return;
      announce(payments);
      setSpoken(wordsOf(payments));
    },
    [announce, wordsOf],
  );
  const newcomers = useRef(createNewcomers());
  const hasLooked = useRef(false);
  const live = useLive({
    onPayment: (payment) => hear(newcomers.current([payment], false)),
    onHint: () => void queryClient.invalidateQueries({ queryKey: ['GET /api/today'] }),
  });
  const query = useRead(
    'GET /api/today',
    {},
    { refreshMs: () => (live === 'live' ? quietMs : pollMs) },
  );
  const { data } = query;
  useEffect(() => {
    if (!data) return;
    hear(newcomers.current([...data.newest].reverse(), !hasLooked.current));
    hasLooked.current = true;
  }, [data, hear]);
  return (
    <Page
      title={t('today.title')}
      intro={data && dayText(data.day, language)}
      badge={<LiveBadge state={live} />}
      actions={<VoiceSwitch state={voice.state} onToggle={voice.toggle} />}
    >
      <Loaded query={query}>{(today) => <TodayView today={today} />}</Loaded>
      <span className="visually-hidden" aria-live="polite">
        {spoken}
      </span>
    </Page>
  );
}

function TodayView({ today }: { readonly today: Today }) {
  const { t } = useTranslation('payment');
  return (
    <>
      <dl className="tiles">
        <Tile label={t('today.collected')} value={<Money fen={today.collectedFen} />} />
        <Tile
          label={t('today.count')}
          value={countText(today.paymentCount)}
          note={today.openPayments > 0 && t('today.countNote', { count: today.openPayments })}
        />
        <Tile
          label={t('today.open')}
          value={<Money fen={today.openFen} />}
          note={t('today.openNote')}
        />
        <Tile
          label={<Link to={paths.suspense({ state: 'open' })}>{t('today.suspense')}</Link>}
          value={<Money fen={today.suspenseFen} />}
          note={t('today.suspenseNote', { count: today.openCases })}
          {...(today.openCases > 0 && { tone: 'bad' as const })}
        />
      </dl>
      <div className="columns today-columns">
        <Card title={<h2 className="card-title">{t('today.newest')}</h2>}>
          <NewestPayments payments={today.newest} />
        </Card>
        <Card title={<h2 className="card-title">{t('today.byChannel')}</h2>}>
          <ChannelTable channels={today.byChannel} />
        </Card>
      </div>
    </>
  );
}

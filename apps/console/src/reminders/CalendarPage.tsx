import { fen, yuanAmount } from '@wuye-pay/money';
import { Card } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { FilterDay } from '../ui/Filters.tsx';
import { dayText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import './reminders.css';
import { useStepWords } from './words.tsx';

type Calendar = Answer<'GET /api/reminder-calendar'>;

const days = 14;

/** What goes out when. */
export function CalendarPage() {
  const { t } = useTranslation('reminders');
  const { values, set } = useUrlFilters(['from']);
  const query = useRead('GET /api/reminder-calendar', { query: { from: values.from, days } });
  return (
    <Page
      title={t('calendar.title')}
      intro={t('calendar.intro')}
      actions={<LinkButton to={paths.reminderPlans()}>{t('plans.title')}</LinkButton>}
    >
      <Card>
        <div className="stack">
          <div className="filters">
            <FilterDay
              label={t('calendar.from')}
              value={values.from ?? query.data?.from}
              onChange={(from) => set({ from })}
            />
          </div>
          <Loaded query={query}>{(calendar) => <Days calendar={calendar} />}</Loaded>
        </div>
      </Card>
    </Page>
  );
}

function Days({ calendar: { from, items } }: { readonly calendar: Calendar }) {
  const { t } = useTranslation('reminders');
  const [language] = useLanguage();
  if (items.length === 0) {
    const toPlans = <LinkButton to={paths.reminderPlans()}>{t('plans.title')}</LinkButton>;
    return (
      <EmptyNotice title={t('calendar.empty')} hint={t('calendar.emptyHint')} action={toPlans} />
    );
  }
  const shown = Array.from({ length: days }, (_, turn) =>
    dayjs(from).add(turn, 'day').format('YYYY-MM-DD'),
  );
  return (
    <ol className="calendar">
      {shown.map((day) => (
        <li key={day}>
          <h3>{`${dayText(day, language)} ${dayjs(day).format('ddd')}`}</h3>
          <Entries entries={items.filter((entry) => entry.day === day)} />
        </li>
      ))}
    </ol>
  );
}

function Entries({ entries }: { readonly entries: Calendar['items'] }) {
  const { t } = useTranslation('reminders');
  const stepWords = useStepWords();
  if (entries.length === 0) return <span className="muted">{t('calendar.quiet')}</span>;
  return (
    <div className="stack">
      {entries.map(({ planId, planName, stepId, days: stepDays, sendAt, units, owedFen }) => (
        <div key={`${planId}/${stepId}/${stepDays}`} className="stack-tight">
          <Link to={paths.reminderPlan(planId)}>{planName}</Link>
          <span>{`${stepWords(stepDays)} · ${sendAt}`}</span>
          <span className="figure">
            {t('calendar.entry', { count: units, owed: yuanAmount(fen(owedFen)) })}
          </span>
        </div>
      ))}
    </div>
  );
}

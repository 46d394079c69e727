import { Alert, Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { type Answer, addressOf } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useChannels } from '../choices/use-channels.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { FilterDay, FilterSelect } from '../ui/Filters.tsx';
import { countText, todayOf } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Money } from '../ui/Money.tsx';
import { Page } from '../ui/Page.tsx';
import { Tile } from '../ui/Tile.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import type { Account } from './AccountTags.tsx';
import { StatementLines } from './StatementLines.tsx';

export type StatementAnswer = Answer<'GET /api/merchant-accounts/:id/statements/:day'>;
type Statement = NonNullable<StatementAnswer['statement']>;

const kinds = ['trade', 'fund'] as const;

/** One day of an account as the channel tells it. Nothing of it is kept or compared here. */
export function StatementPage() {
  const { id = '' } = useParams();
  const query = useRead('GET /api/merchant-accounts/:id', { params: { id } });
  return <Loaded query={query}>{(account) => <StatementOf account={account} />}</Loaded>;
}

function StatementOf({ account }: { readonly account: Account }) {
  const { t } = useTranslation('channels');
  const { find } = useChannels();
  const { values, set } = useUrlFilters(['day', 'kind']);
  const day = values.day ?? yesterday();
  const kind = kinds.find((one) => one === values.kind) ?? 'trade';
  const offered = find(account.channel)?.statements ?? [];
  return (
    <Page
      title={t('statement.title', { name: account.name })}
      intro={t('statement.intro')}
      parent={{ label: account.name, to: paths.merchantAccount(account.id) }}
    >
      <Card>
        <div className="stack">
          <div className="filters">
            <FilterDay
              label={t('statement.day')}
              value={day}
              onChange={(next) => set({ day: next })}
            />
            <FilterSelect
              label={t('statement.kind')}
              value={kind}
              options={offered.map((value) => ({ value, label: t(`statement.kind.${value}`) }))}
              onChange={(next) => set({ kind: next })}
            />
          </div>
          <DayOf id={account.id} day={day} kind={kind} />
        </div>
      </Card>
    </Page>
  );
}

interface DayProps {
  readonly id: string;
  readonly day: string;
  readonly kind: (typeof kinds)[number];
}

function DayOf({ id, day, kind }: DayProps) {
  const input = { params: { id, day }, query: { kind } };
  const query = useRead('GET /api/merchant-accounts/:id/statements/:day', input);
  return (
    <Loaded query={query}>
      {(answer) => (
        <div className="stack" aria-busy={query.isFetching}>
          <AnswerNotice answer={answer} />
          {answer.statement && <StatementView id={id} statement={answer.statement} />}
        </div>
      )}
    </Loaded>
  );
}

const tones = {
  ready: 'success',
  none: 'info',
  'not-ready': 'info',
  unsupported: 'info',
  broken: 'error',
  unknown: 'warning',
} as const;

function AnswerNotice({ answer }: { readonly answer: StatementAnswer }) {
  const [language] = useLanguage();
  return <Alert type={tones[answer.state]} showIcon role="status" title={answer.words[language]} />;
}

function StatementView({ id, statement }: { readonly id: string; readonly statement: Statement }) {
  const { t } = useTranslation('channels');
  const { totals, day, kind } = statement;
  const base = '/api/merchant-accounts/:id/statements/:day';
  const address = (file: string) => addressOf(`${base}/${file}`, { id, day }, { kind });
  return (
    <>
      <dl className="tiles">
        <Tile
          label={t('statement.payments')}
          value={<Money fen={totals.paymentFen} />}
          note={t('statement.count', { count: totals.paymentCount })}
        />
        <Tile
          label={t('statement.refunds')}
          value={<Money fen={totals.refundFen} />}
          note={t('statement.count', { count: totals.refundCount })}
        />
        <Tile label={t('statement.fee')} value={`¥${totals.feeYuan}`} />
        <Tile label={t('statement.lines')} value={countText(statement.lineCount)} />
      </dl>
      <div className="row">
        <Button href={address('file')} download>
          {t('statement.file', { name: statement.fileName })}
        </Button>
        <Button href={address('lines.csv')} download>
          {t('statement.csv')}
        </Button>
      </div>
      <StatementLines lines={statement.lines} total={statement.lineCount} />
    </>
  );
}

/** The newest day that a channel may have closed. */
function yesterday(): string {
  const today = new Date(`${todayOf()}T00:00:00Z`);
  return new Date(today.getTime() - 86_400_000).toISOString().slice(0, 10);
}

import type { TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { paths } from '../paths.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { countText } from '../ui/format.ts';
import { Money, moneyColumn } from '../ui/Money.tsx';
import { Tile } from '../ui/Tile.tsx';
import { useWayWords } from './PlanActions.tsx';
import { ShownMessages } from './ShownMessages.tsx';
import type { Preview } from './words.tsx';

/** How many homes, messages and yuan; who is left out; and what some homes would see. */
export function PreviewFigures({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation('reminders');
  const wayWords = useWayWords();
  const excluded = preview.excluded.map(({ reason, units }) =>
    t('preview.excludedUnits', { reason: t(`reason.${reason}`), count: units }),
  );
  if (preview.units === 0 && excluded.length === 0) {
    return <EmptyNotice title={t('preview.none')} hint={t('preview.noneHint')} />;
  }
  return (
    <div className="stack">
      <Figures preview={preview} />
      <div className="stack-tight">
        {preview.ways.length > 0 && (
          <span>{`${t('preview.byWay')}：${preview.ways.map(wayWords).join('；')}`}</span>
        )}
        {excluded.length > 0 && <span>{`${t('preview.excluded')}：${excluded.join('；')}`}</span>}
        <span className="muted">{t('preview.estimate')}</span>
        {preview.sampledUnits !== null && (
          <span className="muted">{t('preview.sampled', { count: preview.sampledUnits })}</span>
        )}
      </div>
      <ShownMessages examples={preview.examples} />
      <Examples examples={preview.examples} />
    </div>
  );
}

function Figures({ preview: { units, owedFen, ways } }: { readonly preview: Preview }) {
  const { t } = useTranslation('reminders');
  const messages = ways.filter(({ via }) => via !== 'print');
  const paper = ways.find(({ via }) => via === 'print')?.messages ?? 0;
  const segments = ways.find(({ via }) => via === 'sms')?.segments ?? 0;
  const total = messages.reduce((sum, way) => sum + way.messages, 0);
  const costFen = messages.reduce((sum, way) => sum + Math.round(Number(way.costYuan) * 100), 0);
  return (
    <dl className="tiles">
      <Tile label={t('preview.units')} value={t('preview.unitsValue', { count: units })} />
      <Tile label={t('preview.owed')} value={<Money fen={owedFen} />} />
      <Tile
        label={t('preview.messages')}
        value={t('preview.messagesValue', { count: total })}
        note={segments > 0 && t('preview.segments', { count: segments })}
      />
      <Tile label={t('preview.cost')} value={<Money fen={costFen} />} />
      {paper > 0 && <Tile label={t('preview.paper')} value={countText(paper)} />}
    </dl>
  );
}

type Example = Preview['examples'][number];

function Examples({ examples }: { readonly examples: readonly Example[] }) {
  const { t } = useTranslation('reminders');
  const columns: NonNullable<TableProps<Example>['columns']> = [
    {
      title: t('list.home'),
      render: (_value, { unitId, unitLabel, communityName }) => (
        <Link to={paths.unit(unitId)}>{`${communityName} ${unitLabel}`}</Link>
      ),
    },
    moneyColumn(t('preview.owed'), ({ owedFen }) => owedFen, 'owed'),
    { title: t('preview.people'), dataIndex: 'people', align: 'right' },
    {
      title: t('preview.why'),
      render: (_value, { reason }) =>
        reason === null ? t('preview.willGo') : t(`reason.${reason}`),
    },
  ];
  if (examples.length === 0) return null;
  return (
    <DataTable<Example>
      label={t('preview.examples')}
      dataSource={examples}
      rowKey={({ unitId, stepId }) => `${unitId}/${stepId}`}
      columns={columns}
    />
  );
}

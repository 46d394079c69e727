import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../ui/DataTable.tsx';
import { countText } from '../ui/format.ts';
import { Tile } from '../ui/Tile.tsx';
import type { Import } from './ImportPage.tsx';

const figures = ['new', 'changed', 'unchanged', 'bad', 'warnings'] as const;

/** What would change, or did: in all and by sheet. */
export function ImportResult({ one }: { readonly one: Import }) {
  const { t } = useTranslation('estate');
  const { totals, state } = one;
  const isApplied = state === 'applied';
  const words = {
    communities: totals.communities,
    buildings: totals.buildings,
    fees: totals.fees,
  };
  return (
    <Card
      title={
        <h2 className="card-title">
          {t(isApplied ? 'import.appliedTitle' : 'import.resultTitle')}
        </h2>
      }
    >
      <div className="stack">
        <span>{t(isApplied ? 'import.appliedIntro' : 'import.resultIntro', words)}</span>
        <dl className="tiles">
          {figures.map((figure) => (
            <Tile
              key={figure}
              label={t(`import.${figure}`)}
              value={countText(totals[figure])}
              {...(figure === 'bad' && totals.bad > 0 && { tone: 'bad' as const })}
            />
          ))}
        </dl>
        <SheetCounts one={one} />
      </div>
    </Card>
  );
}

function SheetCounts({ one }: { readonly one: Import }) {
  const { t } = useTranslation('estate');
  const counted = one.sheets.filter(({ counts }) => counts !== null);
  if (counted.length < 2) return null;
  return (
    <DataTable
      label={t('import.sheet')}
      size="small"
      dataSource={counted}
      rowKey="name"
      columns={[
        { title: t('import.sheet'), dataIndex: 'name' },
        { title: t('import.sheetKind'), render: (_value, { kind }) => t(`kind.${kind}`) },
        ...figures.map((figure) => ({
          title: t(`import.${figure}`),
          align: 'right' as const,
          render: (_value: unknown, { counts }: Import['sheets'][number]) => (
            <span className="figure">{countText(counts?.[figure] ?? 0)}</span>
          ),
        })),
      ]}
    />
  );
}

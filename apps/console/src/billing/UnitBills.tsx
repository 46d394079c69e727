import { Card } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRead } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { useBillColumns } from './bill-columns.tsx';

const newest = 12;

interface UnitBillsProps {
  readonly unitId: string;
  /** What can be done about them. */
  readonly actions?: ReactNode;
}

/** The newest bills of a unit, for its page. */
export function UnitBills({ unitId, actions }: UnitBillsProps) {
  const { t } = useTranslation('billing');
  const query = useRead('GET /api/bills', { query: { unitId, limit: newest } });
  const columns = useBillColumns(['unit', 'community']);
  return (
    <Card
      title={<h2 className="card-title">{t('bills.ofUnit')}</h2>}
      extra={
        <div className="row">
          <Link to={paths.bills({ unitId })}>{t('bills.ofUnitAll')}</Link>
          {actions}
        </div>
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNotice title={t('bills.ofUnitEmpty')} hint={t('bills.ofUnitEmptyHint')} />
          ) : (
            <DataTable
              label={t('bills.ofUnit')}
              size="small"
              dataSource={items}
              rowKey="id"
              columns={columns}
            />
          )
        }
      </Loaded>
    </Card>
  );
}

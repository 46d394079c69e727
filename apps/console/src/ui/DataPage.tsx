import { DownloadOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Card, Skeleton, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from './DataTable.tsx';
import { EmptyNotice } from './EmptyNotice.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { Page } from './Page.tsx';
import { Pager } from './Pager.tsx';

export interface Empty {
  readonly title: string;
  readonly hint: string;
  readonly action?: ReactNode;
}

interface DataListProps<Row> {
  readonly label: string;
  readonly query: UseQueryResult<{ readonly items: readonly Row[]; readonly next: string | null }>;
  readonly columns: NonNullable<TableProps<Row>['columns']>;
  readonly rowKey: (row: Row) => string;
  readonly filters?: ReactNode;
  /** Whether a filter hides rows: then an empty list is not an empty system. */
  readonly isFiltered?: boolean;
  readonly onClearFilters?: () => void;
  readonly empty: Empty;
  /** Rows that can be chosen, for what is done to several at once. */
  readonly selection?: TableProps<Row>['rowSelection'];
  /** Address of the same list as CSV. */
  readonly exportUrl?: string;
}

interface DataPageProps<Row> extends DataListProps<Row> {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly actions?: ReactNode;
  /** Stands between the title and the list. */
  readonly above?: ReactNode;
}

/** Every list of the console: filters in the address, pages by key, export, and what to do first. */
export function DataPage<Row extends object>(props: DataPageProps<Row>) {
  const { title, intro, actions, exportUrl, above, ...list } = props;
  return (
    <Page
      title={title}
      intro={intro}
      actions={
        <>
          {exportUrl && <ExportButton url={exportUrl} />}
          {actions}
        </>
      }
    >
      {above}
      <Card>
        <DataList {...list} />
      </Card>
    </Page>
  );
}

/** The list without a page of its own, for a tab or a card. */
export function DataList<Row extends object>(props: DataListProps<Row>) {
  const { label, query, columns, rowKey, filters, exportUrl, selection } = props;
  const { t } = useTranslation();
  const { data, isError, error, isFetching, isPlaceholderData, refetch } = query;
  const retry = () => void refetch();
  return (
    <div className="stack">
      {(filters || exportUrl) && (
        <div className="filters">
          {filters}
          {exportUrl && <ExportButton url={exportUrl} />}
        </div>
      )}
      {isError && <FailureNotice error={error} onRetry={retry} />}
      {data === undefined && !isError && <Skeleton active paragraph={{ rows: 8 }} />}
      {data?.items.length === 0 && <NothingListed {...props} />}
      {data !== undefined && data.items.length > 0 && (
        <div aria-busy={isFetching}>
          <DataTable<Row>
            label={label}
            columns={columns}
            rowKey={rowKey}
            dataSource={data.items}
            loading={isPlaceholderData}
            {...(selection && { rowSelection: selection })}
          />
          <Pager count={data.items.length} next={data.next} />
        </div>
      )}
      <span className="visually-hidden" role="status">
        {isFetching ? t('loading') : ''}
      </span>
    </div>
  );
}

function NothingListed<Row>({ isFiltered, onClearFilters, empty }: DataListProps<Row>) {
  const { t } = useTranslation();
  if (!isFiltered) return <EmptyNotice {...empty} />;
  return (
    <EmptyNotice
      title={t('filtersFound')}
      hint={t('filtersFoundHint')}
      action={onClearFilters && <Button onClick={onClearFilters}>{t('clearFilters')}</Button>}
    />
  );
}

/** The same list as a file. */
export function ExportButton({ url }: { readonly url: string }) {
  const { t } = useTranslation();
  return (
    <Button href={url} icon={<DownloadOutlined aria-hidden />} download>
      {t('export')}
    </Button>
  );
}

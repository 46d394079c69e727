import type { UseQueryResult } from '@tanstack/react-query';
import { Card, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiFailure } from '../api/failure.ts';
import { EmptyNotice } from './EmptyNotice.tsx';
import { FailureNotice } from './FailureNotice.tsx';

interface LoadedProps<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
  /** Lines of the grey picture that stands where the data will be. */
  readonly lines?: number;
}

/** Shows the data of a query, a skeleton until it is there, or why it is not. */
export function Loaded<Data>({ query, children, lines = 6 }: LoadedProps<Data>) {
  const retry = () => void query.refetch();
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <FailureNotice error={query.error} onRetry={retry} />}
        {children(query.data)}
      </>
    );
  }
  if (query.isError && statusOf(query.error) === 400) return <Nowhere />;
  if (query.isError) {
    const canChange = statusOf(query.error) !== 404;
    return <FailureNotice error={query.error} {...(canChange && { onRetry: retry })} />;
  }
  return (
    <Card aria-busy="true">
      <Skeleton active paragraph={{ rows: lines }} />
    </Card>
  );
}

/** An address with an id that no record can have: cut short, or mistyped. */
function Nowhere() {
  const { t } = useTranslation('shell');
  return (
    <Card>
      <EmptyNotice title={t('notFound')} hint={t('notFoundHint')} />
    </Card>
  );
}

function statusOf(error: unknown): number | undefined {
  return error instanceof ApiFailure ? error.status : undefined;
}

import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePaging } from './url-state.ts';

/** First, previous and next page of a list that pages by key. Nothing when one page is all. */
export function Pager({ count, next }: { readonly count: number; readonly next: string | null }) {
  const { t } = useTranslation();
  const paging = usePaging();
  const rows = <span className="muted">{t('rowsShown', { count })}</span>;
  if (paging.isFirst && next === null) return <div className="pager">{rows}</div>;
  return (
    <nav className="pager" aria-label={t('nextPage')}>
      {rows}
      <div className="row">
        {paging.page > 0 && <span className="muted">{t('page', { page: paging.page })}</span>}
        <Button onClick={paging.toFirst} disabled={paging.isFirst}>
          {t('firstPage')}
        </Button>
        <Button onClick={paging.toPrevious} disabled={paging.isFirst}>
          {t('previousPage')}
        </Button>
        <Button onClick={() => next !== null && paging.toNext(next)} disabled={next === null}>
          {t('nextPage')}
        </Button>
      </div>
    </nav>
  );
}

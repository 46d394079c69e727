import { Table, type TableProps } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface DataTableProps<Row> extends Omit<TableProps<Row>, 'scroll' | 'pagination' | 'title'> {
  /** What the table lists, for a reader that cannot see it. */
  readonly label: string;
}

/** A table that scrolls inside itself on a narrow screen, by touch, wheel or keyboard. */
export function DataTable<Row extends object>({ label, ...rest }: DataTableProps<Row>) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const scroller = box.current?.querySelector<HTMLElement>('.ant-table-content');
    if (!scroller) return undefined;
    const follow = () => {
      makeReachable(scroller, t('scrollTable', { label }));
      passOverMeasures(scroller);
    };
    const observer = new ResizeObserver(follow);
    observer.observe(scroller);
    follow();
    return () => observer.disconnect();
  }, [label, t]);
  return (
    <div ref={box}>
      <Table<Row> {...rest} aria-label={label} pagination={false} scroll={{ x: 'max-content' }} />
    </div>
  );
}

/** What scrolls must take the keyboard's focus, and say what it is. */
function makeReachable(scroller: HTMLElement, label: string): void {
  if (scroller.scrollWidth > scroller.clientWidth) {
    scroller.tabIndex = 0;
    scroller.setAttribute('role', 'region');
    scroller.setAttribute('aria-label', label);
    return;
  }
  for (const name of ['tabindex', 'role', 'aria-label']) scroller.removeAttribute(name);
}

/** The hidden row that measures a table repeats the box that selects all: the keyboard skips it. */
function passOverMeasures(scroller: HTMLElement): void {
  const inputs = scroller.querySelectorAll<HTMLElement>('.ant-table-measure-row input');
  for (const input of inputs) input.tabIndex = -1;
}

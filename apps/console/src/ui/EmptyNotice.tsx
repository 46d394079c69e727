import { Empty } from 'antd';
import type { ReactNode } from 'react';

interface EmptyNoticeProps {
  readonly title: string;
  /** What to do first. */
  readonly hint?: string;
  readonly action?: ReactNode;
}

/** Nothing is here yet: says so, and what to do first. */
export function EmptyNotice({ title, hint, action }: EmptyNoticeProps) {
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      styles={{ description: { color: '#4a4a4a' } }}
      description={
        <div className="stack-tight">
          <strong>{title}</strong>
          {hint && <span>{hint}</span>}
        </div>
      }
    >
      {action}
    </Empty>
  );
}

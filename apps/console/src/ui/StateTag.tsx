import { Tag } from 'antd';
import type { ReactNode } from 'react';

export type Tone = 'success' | 'warning' | 'error' | 'processing' | 'default';

/** The state of something: a word with a colour, never the colour alone. */
export function StateTag({
  tone,
  children,
}: {
  readonly tone: Tone;
  readonly children: ReactNode;
}) {
  return <Tag color={tone}>{children}</Tag>;
}

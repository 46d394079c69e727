import type { UseMutationResult } from '@tanstack/react-query';
import { Alert, Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';

interface TestCardProps<Input> {
  /** What is tested, and how. */
  readonly help: string;
  readonly test: UseMutationResult<Answer<'POST /api/merchant-accounts/:id/test'>, Error, Input>;
  readonly onTest: () => void;
}

/** Asks the channel for an order that does not exist, and says what the answer means. */
export function TestCard<Input>({ help, test, onTest }: TestCardProps<Input>) {
  const { t } = useTranslation('channels');
  return (
    <Card title={<h2 className="card-title">{t('test')}</h2>}>
      <div className="stack">
        <span>{help}</span>
        <div>
          <Button type="primary" loading={test.isPending} onClick={onTest}>
            {t('testNow')}
          </Button>
        </div>
        {test.isError && <FailureNotice error={test.error} />}
        {test.data && (
          <Alert
            type={test.data.ok ? 'success' : 'error'}
            showIcon
            role="status"
            title={test.data.message}
            description={t('testCode', { code: test.data.code, ms: test.data.durationMs })}
          />
        )}
      </div>
    </Card>
  );
}

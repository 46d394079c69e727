import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiFailure } from '../api/failure.ts';
import { useFailureWords } from './failure-words.ts';

interface FailureNoticeProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** Sentences about what does not belong to a field of the form. */
  readonly rest?: readonly string[];
}

/** What went wrong and what to do about it, with a way to try again where that can help. */
export function FailureNotice({ error, onRetry, rest }: FailureNoticeProps) {
  const { t } = useTranslation();
  const { title, hint } = useFailureWords()(error);
  const reasons = rest ?? (error instanceof ApiFailure ? error.problems.map(reasonOf) : []);
  // The same question gets the same answer: no permission, or nothing there.
  const isFinal = error instanceof ApiFailure && [403, 404].includes(error.status);
  // Whom to call about it is of use where nobody here can mend it.
  const isOurs = error instanceof ApiFailure && error.status >= 500;
  const requestId = isOurs ? error.requestId : undefined;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={
        <div className="stack-tight">
          {reasons.length > 0 && (
            <ul style={{ margin: 0, paddingInlineStart: 20 }}>
              {reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          )}
          {hint && <span>{hint}</span>}
          {requestId && (
            <span className="mono muted">{t('failure.requestId', { id: requestId })}</span>
          )}
        </div>
      }
      {...(onRetry && !isFinal && { action: <Button onClick={onRetry}>{t('retry')}</Button> })}
    />
  );
}

function reasonOf(problem: ApiFailure['problems'][number]): string {
  return problem.field ? `${problem.field}: ${problem.reason}` : problem.reason;
}

import type { ReactNode } from 'react';
import { now } from '#platform';
import { Button, Heading, Link, Text, View } from '#ui';
import { ApiFailure, isOffline } from '../api/index.ts';
import type { Read } from '../data/index.ts';
import { ageText } from '../format/index.ts';
import { useTexts } from '../i18n/index.ts';
import { useSettings } from '../settings/index.ts';
import { CallOffice } from './CallOffice.tsx';
import { Icon, type IconName } from './Icon.tsx';
import { Notice } from './Notice.tsx';
import { uiTexts } from './texts.ts';

export function Loading() {
  const t = useTexts(uiTexts);
  return (
    <View className="loading" role="status">
      <View className="spinner" ariaHidden />
      <Text>{t('loading')}</Text>
    </View>
  );
}

interface EmptyProps {
  readonly icon?: IconName | undefined;
  readonly title: string;
  /** What to do first, or why nothing is here. */
  readonly hint?: string | undefined;
  /** A button or link that does it. */
  readonly children?: ReactNode;
}

/** Nothing here, and what to do. */
export function Empty({ icon = 'info', title, hint, children }: EmptyProps) {
  return (
    <View className="empty">
      <Icon name={icon} />
      <Heading level={2}>{title}</Heading>
      {hint !== undefined && <View className="hint">{hint}</View>}
      {children}
    </View>
  );
}

/** What a refusal or a lost network means and what to do; nothing without one. */
export function Failure({ error, onRetry, about }: FailureProps) {
  const t = useTexts(uiTexts);
  if (error === undefined) return null;
  const { title, hint, id } = wordsOf(error, t);
  // Where nothing can be done here, or the server's words send one to the office.
  const mayCall = !(error instanceof ApiFailure) || error.status === 0 || error.status >= 500;
  const isSent = error instanceof ApiFailure && /物业|office/.test(error.message);
  return (
    <Notice kind="bad" title={title}>
      {hint !== '' && <View>{hint}</View>}
      {id !== undefined && <View className="hint">{t('failureNumber', { id })}</View>}
      {onRetry !== undefined && <Button onTap={onRetry}>{t('retry')}</Button>}
      {about !== undefined && !isOffline(error) && (
        <Link to="ticket-new" params={{ ...about, errorCode: codeOf(error) }}>
          {t('askAbout')}
        </Link>
      )}
      {(mayCall || isSent) && <CallOffice />}
    </Notice>
  );
}
interface FailureProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  /** Leads to a question to the office, which then names this and the error by itself. */
  readonly about?: { readonly unitId?: string; readonly paymentId?: string } | undefined;
}

function codeOf(error: unknown): string {
  return error instanceof ApiFailure ? error.code : 'APP';
}

function wordsOf(error: unknown, t: ReturnType<typeof useTexts<typeof uiTexts.zh>>) {
  if (!(error instanceof ApiFailure)) return { title: t('crash'), hint: t('crashHint') };
  const { requestId: id } = error;
  if (error.code === 'NETWORK') {
    return { title: t('failureNetwork'), hint: t('failureNetworkHint') };
  }
  if (error.code === 'UNREADABLE' || error.message === '') {
    return { title: t('failureUnreadable'), hint: t('failureUnreadableHint'), id };
  }
  if (error.status >= 500) return { title: error.message, hint: t('failureRetryHint'), id };
  return { title: error.message, hint: error.retry ? t('failureRetryHint') : '' };
}

/** The data of a read with its age when it is not fresh; else why not, or that it is under way. */
export function Loaded<Value>({ read, children }: LoadedProps<Value>) {
  const t = useTexts(uiTexts);
  const { language } = useSettings();
  const { data, at, failure, isLoading, reload } = read;
  if (data === undefined) {
    return isLoading ? <Loading /> : <Failure error={failure} onRetry={reload} />;
  }
  return (
    <>
      {failure !== undefined && (
        <Notice kind="warning" title={isOffline(failure) ? t('offline') : t('failureUnreadable')}>
          {t('keptFrom', { age: ageText(at ?? 0, now(), language) })}
          <Button onTap={reload}>{t('retry')}</Button>
        </Notice>
      )}
      {children(data)}
    </>
  );
}
interface LoadedProps<Value> {
  readonly read: Read<Value>;
  readonly children: (data: Value) => ReactNode;
}

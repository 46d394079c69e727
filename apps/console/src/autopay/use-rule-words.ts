import { useTranslation } from 'react-i18next';
import type { Rule } from './RuleForm.tsx';

/** A rule as staff say it. */
export function useRuleWords() {
  const { t } = useTranslation('autopay');
  return {
    day({ basis: from, days }: Rule): string {
      const basis = t(`rules.basis.${from}`);
      if (days === 0) return t('rules.onDay', { basis });
      return days > 0
        ? t('rules.after', { basis, days })
        : t('rules.before', { basis, days: -days });
    },
    notice: ({ noticeDays }: Rule) => t('rules.noticeText', { days: noticeDays }),
    retries: ({ retryDays }: Rule) =>
      retryDays.length === 0
        ? t('rules.noRetry')
        : t('rules.retryText', { days: retryDays.join('、') }),
  };
}

import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { useWrite } from '../api/hooks.ts';
import { useCommunityOptions } from '../choices/use-options.ts';
import { SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { useMessages } from '../ui/use-messages.ts';

export type Rule = Item<'GET /api/autopay/settings'>;

interface RuleFormProps {
  /** Which rule is changed; `new`: of a community that has none. */
  readonly rule: Rule | 'new' | undefined;
  /** The company's own, to begin with. */
  readonly company: Rule | undefined;
  readonly onClose: () => void;
}

interface Values {
  readonly communityId?: string;
  readonly basis: Rule['basis'];
  readonly days: string;
  readonly noticeDays: string;
  readonly retryDays?: string;
}

const whole = /^\s*-?\d{1,2}\s*$/;
const list = /^\s*(\d{1,2}\s*([,，、]\s*\d{1,2}\s*){0,4})?$/;

export function RuleForm({ rule, company, onClose }: RuleFormProps) {
  const { t } = useTranslation('autopay');
  const { done } = useMessages();
  const { options } = useCommunityOptions();
  const save = useWrite('PUT /api/autopay/settings');
  const isNew = rule === 'new';
  const present = rule === 'new' || rule === undefined ? company : rule;
  const submit = async ({ communityId, basis, days, noticeDays, retryDays = '' }: Values) => {
    const body = {
      communityId: isNew ? (communityId ?? null) : (present?.communityId ?? null),
      basis,
      days: Number(days),
      noticeDays: Number(noticeDays),
      retryDays: (retryDays.match(/\d+/g) ?? []).map(Number),
    };
    await save.mutateAsync({ body });
    done(t('rules.saved'));
  };
  const title = isNew
    ? t('rules.add')
    : t('rules.editOf', { name: present?.communityName ?? t('rules.company') });
  return (
    <FormDrawer<Values>
      title={title}
      isOpen={rule !== undefined}
      onClose={onClose}
      onSubmit={submit}
      {...(present && { initialValues: valuesOf(present) })}
    >
      {isNew && (
        <SelectField name="communityId" label={t('rules.community')} options={options} required />
      )}
      <SelectField
        name="basis"
        label={t('rules.basis')}
        options={(['due', 'published'] as const).map((value) => ({
          value,
          label: t(`rules.basis.${value}`),
        }))}
        required
      />
      <TextField
        name="days"
        label={t('rules.days')}
        rule={{ pattern: whole, message: t('rules.whole') }}
        required
      />
      <TextField
        name="noticeDays"
        label={t('rules.noticeDays')}
        help={t('rules.noticeHelp')}
        rule={{ pattern: whole, message: t('rules.whole') }}
        required
      />
      <TextField
        name="retryDays"
        label={t('rules.retryDays')}
        help={t('rules.retryHelp')}
        rule={{ pattern: list, message: t('rules.list') }}
      />
    </FormDrawer>
  );
}

function valuesOf({ basis, days, noticeDays, retryDays }: Rule): Values {
  return {
    basis,
    days: String(days),
    noticeDays: String(noticeDays),
    retryDays: retryDays.join(','),
  };
}

import { useState } from 'react';
import { Button, Input } from '#ui';
import { request } from '../../api/index.ts';
import { useAction } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { Card, Failure, FormField, Questions } from '../../ui/index.ts';
import { RoleField } from './RoleField.tsx';
import { texts } from './texts.ts';

const roles = ['family', 'tenant', 'payer'] as const;

/** By the number on the printed notice, the door and the name of somebody who lives there. */
export function ByNumber({ onBound }: { readonly onBound: () => void }) {
  const t = useTexts(texts);
  const [accountNumber, setNumber] = useState('');
  const [doorNo, setDoor] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<(typeof roles)[number]>('family');
  const bind = useAction(async () => {
    const body = { accountNumber, doorNo, name, role };
    await request('POST /api/resident/homes/by-account-number', { body });
    onBound();
  });
  const answers = [accountNumber.trim().length >= 4, doorNo.trim() !== '', name.trim() !== ''];
  const [hasNumber = false, hasDoor = false, hasName = false] = answers;
  return (
    <Card title={t('way.number')}>
      <Questions
        questions={[
          {
            key: 'number',
            isAnswered: hasNumber,
            content: (
              <FormField label={t('number')} hint={t('numberHint')}>
                {(field) => (
                  <Input {...field} value={accountNumber} maxLength={30} onChange={setNumber} />
                )}
              </FormField>
            ),
          },
          {
            key: 'door',
            isAnswered: hasDoor,
            content: (
              <FormField label={t('door')} hint={t('doorHint')}>
                {(field) => <Input {...field} value={doorNo} maxLength={30} onChange={setDoor} />}
              </FormField>
            ),
          },
          {
            key: 'name',
            isAnswered: hasName,
            content: (
              <FormField label={t('name')} hint={t('nameHint')}>
                {(field) => <Input {...field} value={name} maxLength={60} onChange={setName} />}
              </FormField>
            ),
          },
          {
            key: 'role',
            isAnswered: true,
            content: <RoleField roles={roles} value={role} onChange={setRole} />,
          },
        ]}
      >
        <Failure error={bind.failure} />
        <Button kind="main" onTap={bind.run} busy={bind.isBusy} disabled={answers.includes(false)}>
          {t('bind')}
        </Button>
      </Questions>
    </Card>
  );
}

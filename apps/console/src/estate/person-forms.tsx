import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { DayField, SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { todayOf } from '../ui/format.ts';
import { useMessages } from '../ui/use-messages.ts';
import type { Occupant } from './PeopleCard.tsx';
import type { Unit } from './UnitPage.tsx';

const roles = ['owner', 'tenant', 'family'] as const;

interface PersonValues {
  readonly name?: string;
  readonly phone?: string;
  readonly idNumber?: string;
}
interface NewPersonValues extends PersonValues {
  readonly name: string;
  readonly role: (typeof roles)[number];
  readonly fromOn?: string;
}

interface AddPersonFormProps {
  readonly unit: Unit;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function AddPersonForm({ unit, isOpen, onClose }: AddPersonFormProps) {
  const { t } = useTranslation('estate');
  const { done } = useMessages();
  const add = useWrite('POST /api/units/:unitId/people');
  return (
    <FormDrawer<NewPersonValues>
      title={t('people.addTitle', { label: unit.label })}
      isOpen={isOpen}
      onClose={onClose}
      initialValues={{ role: 'owner' }}
      onSubmit={async ({ name, role, phone, idNumber, fromOn }) => {
        await add.mutateAsync({
          params: { unitId: unit.id },
          body: {
            name,
            role,
            ...(phone && { phone }),
            ...(idNumber && { idNumber }),
            ...(fromOn && { fromOn }),
          },
        });
        done(t('people.saved'));
      }}
    >
      <TextField name="name" label={t('people.name')} required maxLength={60} />
      <SelectField
        name="role"
        label={t('people.role')}
        required
        options={roles.map((value) => ({ value, label: t(`people.role.${value}`) }))}
      />
      <TextField name="phone" label={t('people.phone')} maxLength={30} />
      <TextField name="idNumber" label={t('people.idNumber')} maxLength={30} />
      <DayField name="fromOn" label={t('people.fromOn')} />
    </FormDrawer>
  );
}

interface PersonFormProps {
  readonly person: Occupant | undefined;
  readonly onClose: () => void;
}

/** The clear values are not shown here, so only what is typed changes. */
export function EditPersonForm({ person, onClose }: PersonFormProps) {
  const { t } = useTranslation('estate');
  const { done } = useMessages();
  const save = useWrite('PATCH /api/people/:personId');
  return (
    <FormDrawer<PersonValues>
      title={t('people.editTitle')}
      isOpen={person !== undefined}
      onClose={onClose}
      onSubmit={async ({ name, phone, idNumber }) => {
        if (!person) return;
        await save.mutateAsync({
          params: { personId: person.personId },
          body: { ...(name && { name }), ...(phone && { phone }), ...(idNumber && { idNumber }) },
        });
        done(t('people.saved'));
      }}
    >
      <p className="page-intro">{t('people.editHelp')}</p>
      <TextField
        name="name"
        label={t('people.name')}
        maxLength={60}
        placeholder={person?.nameMasked ?? ''}
      />
      <TextField
        name="phone"
        label={t('people.phone')}
        maxLength={30}
        placeholder={person?.phoneMasked ?? ''}
      />
      <TextField name="idNumber" label={t('people.idNumber')} maxLength={30} />
    </FormDrawer>
  );
}

export function MoveOutForm({ unit, person, onClose }: PersonFormProps & { readonly unit: Unit }) {
  const { t } = useTranslation('estate');
  const { done } = useMessages();
  const end = useWrite('POST /api/units/:unitId/people/:occupancyId/end');
  return (
    <FormDrawer<{ readonly toOn: string }>
      title={t('people.moveOutTitle', { name: person?.nameMasked ?? '', label: unit.label })}
      isOpen={person !== undefined}
      onClose={onClose}
      initialValues={{ toOn: todayOf() }}
      submitLabel={t('people.moveOut')}
      onSubmit={async ({ toOn }) => {
        if (!person) return;
        const { occupancyId } = person;
        await end.mutateAsync({ params: { unitId: unit.id, occupancyId }, body: { toOn } });
        done(t('people.saved'));
      }}
    >
      <DayField name="toOn" label={t('people.toOn')} required help={t('people.moveOutHelp')} />
    </FormDrawer>
  );
}

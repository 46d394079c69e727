import { fen, sum, yuanAmount } from '@wuye-pay/money';
import { Checkbox, Drawer, Input, Select } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { monthText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Money } from '../ui/Money.tsx';
import { newKey } from '../ui/new-key.ts';
import { useMessages } from '../ui/use-messages.ts';
import type { Case } from './SuspenseCasePage.tsx';
import './payment.css';

type Bill = Item<'GET /api/bills'>;

interface SettleFormProps {
  readonly one: Case;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Chooses open bills of a unit that the money of a case is to settle. */
export function SettleForm({ one, isOpen, onClose }: SettleFormProps) {
  const { t } = useTranslation('refund');
  const [unitId, setUnit] = useState<string | undefined>(one.unitId ?? undefined);
  return (
    <Drawer
      title={t('case.settleTitle', { no: one.caseNo })}
      open={isOpen}
      onClose={onClose}
      size={520}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      destroyOnHidden
    >
      <div className="stack">
        <UnitChoice
          value={unitId}
          label={one.unitId === unitId ? (one.unitLabel ?? undefined) : undefined}
          onChange={setUnit}
        />
        {unitId !== undefined && (
          <OpenBills key={unitId} one={one} unitId={unitId} onClose={onClose} />
        )}
      </div>
    </Drawer>
  );
}

const searchDelayMs = 400;

interface UnitChoiceProps {
  readonly value: string | undefined;
  /** How the chosen unit is called before anything was searched for. */
  readonly label: string | undefined;
  readonly onChange: (unitId: string) => void;
}

function UnitChoice({ value, label, onChange }: UnitChoiceProps) {
  const { t } = useTranslation('refund');
  const id = useId();
  const [text, setText] = useState('');
  const [search, setSearch] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSearch(text.trim()), searchDelayMs);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, isFetching } = useRead(
    'GET /api/units',
    { query: { search, limit: 20 } },
    { enabled: search !== '' },
  );
  const found = (search === '' ? [] : (data?.items ?? [])).map((unit) => ({
    value: unit.id,
    label: `${unit.communityName} ${unit.label}`,
  }));
  const known = value && label && !found.some((one) => one.value === value);
  return (
    <div className="stack-tight">
      <label htmlFor={id}>{t('case.settleUnit')}</label>
      <Select
        id={id}
        showSearch={{ filterOption: false, onSearch: setText }}
        loading={isFetching}
        value={value ?? null}
        options={known ? [{ value, label }, ...found] : found}
        placeholder={t('case.settleUnitHelp')}
        onChange={(next: string | null) => {
          if (next) onChange(next);
        }}
      />
    </div>
  );
}

/** As many as one payment may settle. */
const mostBills = 200;

function OpenBills({
  one,
  unitId,
  onClose,
}: Omit<SettleFormProps, 'isOpen'> & { readonly unitId: string }) {
  const { t } = useTranslation('refund');
  const query = useRead('GET /api/bills', { query: { unitId, state: 'open', limit: mostBills } });
  return (
    <Loaded query={query} lines={3}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyNotice title={t('case.settleNone')} />
        ) : (
          <BillChoice one={one} unitId={unitId} bills={items} onClose={onClose} />
        )
      }
    </Loaded>
  );
}

interface BillChoiceProps {
  readonly one: Case;
  readonly unitId: string;
  readonly bills: readonly Bill[];
  readonly onClose: () => void;
}

/** The oldest bills are ticked as far as the money reaches; the last one may be paid in part. */
function BillChoice({ one, unitId, bills, onClose }: BillChoiceProps) {
  const { t } = useTranslation(['refund', 'ui']);
  const { done } = useMessages();
  const noteId = useId();
  const [language] = useLanguage();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => asFarAs(one.leftFen, bills));
  const [note, setNote] = useState('');
  const key = useRef(newKey());
  const propose = useWrite('POST /api/suspense/:caseId/settlements');
  const lines = linesOf(
    one.leftFen,
    bills.filter(({ id }) => chosen.has(id)),
  );
  const total = sum(lines.map(({ amountFen }) => fen(amountFen)));
  const whyNot =
    lines.length === 0
      ? t('case.settleNone')
      : note.trim() === ''
        ? t('ui:required', { label: t('case.settleNote') })
        : undefined;
  const submit = () =>
    propose.mutate(
      {
        params: { caseId: one.id },
        body: { unitId, lines, note: note.trim(), idempotencyKey: key.current },
      },
      {
        onSuccess: () => {
          done(t('case.done'));
          onClose();
        },
      },
    );
  return (
    <div className="stack">
      <fieldset className="desk-bills">
        <legend>{t('case.settleLines')}</legend>
        {bills.map((bill) => (
          <div className="desk-bill" key={bill.id}>
            <Checkbox
              checked={chosen.has(bill.id)}
              onChange={(event) => setChosen(toggled(chosen, bill.id, event.target.checked))}
            >
              {t('askLine', { item: bill.feeItemName, month: monthText(bill.month, language) })}
            </Checkbox>
            <Money
              fen={lines.find(({ billId }) => billId === bill.id)?.amountFen ?? bill.openFen}
            />
          </div>
        ))}
      </fieldset>
      <span role="status">
        {t('case.settleLeft', { left: yuanAmount(fen(one.leftFen)), chosen: yuanAmount(total) })}
      </span>
      <div className="stack-tight">
        <label htmlFor={noteId}>{t('case.settleNote')}</label>
        <Input.TextArea
          id={noteId}
          rows={2}
          maxLength={200}
          required
          value={note}
          aria-describedby={`${noteId}-help`}
          onChange={(event) => setNote(event.target.value)}
        />
        <span id={`${noteId}-help`} className="muted">
          {t('case.settleNoteHelp')}
        </span>
      </div>
      {propose.error && <FailureNotice error={propose.error} />}
      <ActionButton
        type="primary"
        size="large"
        block
        loading={propose.isPending}
        whyNot={whyNot}
        onClick={submit}
      >
        {t('case.settleSubmit', { amount: yuanAmount(total) })}
      </ActionButton>
    </div>
  );
}

function toggled(chosen: ReadonlySet<string>, id: string, isChosen: boolean): ReadonlySet<string> {
  const next = new Set(chosen);
  if (isChosen) next.add(id);
  else next.delete(id);
  return next;
}

/** The bills, in their order, that the money begins to pay. */
function asFarAs(leftFen: number, bills: readonly Bill[]): ReadonlySet<string> {
  return new Set(linesOf(leftFen, bills).map(({ billId }) => billId));
}

function linesOf(leftFen: number, bills: readonly Bill[]) {
  let rest = leftFen;
  return bills.flatMap(({ id, openFen }) => {
    const amountFen = Math.min(openFen, rest);
    rest -= amountFen;
    return amountFen > 0 ? [{ billId: id, amountFen }] : [];
  });
}

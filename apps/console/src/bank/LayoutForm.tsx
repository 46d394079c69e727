import { Button, Card, Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import type { BankImport } from './ImportPage.tsx';
import {
  type BankField,
  type Content,
  columnsOf,
  emptyContent,
  fields,
  headersOf,
  samplesOf,
  wordsOf,
} from './layout-values.ts';

/** The first rows of the file, what each column is, and how amounts and days are written. */
export function LayoutForm({ one }: { readonly one: BankImport }) {
  const { t } = useTranslation('bank');
  const { preview } = one;
  const [content, setContent] = useState<Content>(one.layout?.content ?? emptyContent);
  const [chosen, setChosen] = useState<readonly (BankField | null)[]>(
    preview.columns.map(({ field }) => field),
  );
  const [saveAs, setSaveAs] = useState('');
  const save = useWrite('PUT /api/bank-imports/:bankImportId/layout');
  const headers = headersOf(preview, content.headerRows);
  const change = (part: Partial<Content>) => setContent((now) => ({ ...now, ...part }));
  const submit = () => {
    const letters = preview.columns.map(({ column }) => column);
    const columns = columnsOf(chosen, headers, letters);
    const name = saveAs.trim();
    save.mutate({
      params: { bankImportId: one.id },
      body: { content: { ...content, columns }, ...(name !== '' && { saveAs: name }) },
    });
  };
  return (
    <Card title={<h2 className="card-title">{t('layout.title')}</h2>}>
      <div className="stack">
        <span>
          {one.layout && preview.headerRow !== null
            ? t('layout.readBy', { name: one.layout.name })
            : t('layout.intro')}
        </span>
        <ColumnTable
          preview={preview}
          headers={headers}
          headerRows={content.headerRows}
          chosen={chosen}
          onChoose={(index, field) =>
            setChosen((now) => now.map((each, at) => (at === index ? field : each)))
          }
        />
        <LayoutOptions content={content} onChange={change} />
        <Form layout="vertical" component="div">
          <Form.Item
            label={t('layout.saveAs')}
            htmlFor="layout-save-as"
            extra={t('layout.saveAsHint')}
          >
            <Input
              id="layout-save-as"
              value={saveAs}
              maxLength={60}
              style={{ maxWidth: 360 }}
              onChange={(event) => setSaveAs(event.target.value)}
            />
          </Form.Item>
        </Form>
        {save.isError && <FailureNotice error={save.error} />}
        <div>
          <Button type="primary" loading={save.isPending} onClick={submit}>
            {t('layout.apply')}
          </Button>
        </div>
      </div>
    </Card>
  );
}

interface ColumnTableProps {
  readonly preview: BankImport['preview'];
  readonly headers: readonly string[];
  readonly headerRows: number;
  readonly chosen: readonly (BankField | null)[];
  readonly onChoose: (index: number, field: BankField | null) => void;
}

/** A column of the file each: its heading, its first values, and what it is. */
function ColumnTable({ preview, headers, headerRows, chosen, onChoose }: ColumnTableProps) {
  const { t } = useTranslation('bank');
  const options = fields.map((value) => ({ value, label: t(`field.${value}`) }));
  const columns = preview.columns.map(({ column }, index) => ({
    column,
    index,
    header: headers[index] ?? '',
    samples: samplesOf(preview, headerRows, index),
  }));
  return (
    <DataTable<(typeof columns)[number]>
      label={t('layout.title')}
      size="small"
      dataSource={columns}
      rowKey="column"
      columns={[
        { title: t('layout.columns'), dataIndex: 'column' },
        { title: t('layout.header'), dataIndex: 'header' },
        {
          title: t('layout.meaning'),
          render: (_value, { column, index, header }) => (
            <Select
              aria-label={t('layout.columnOf', { column, header })}
              value={chosen[index] ?? null}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('layout.none')}
              options={options}
              style={{ width: 180 }}
              onChange={(next: BankField | null | undefined) => onChoose(index, next ?? null)}
            />
          ),
        },
        {
          title: t('layout.samples'),
          render: (_value, { samples }) => (
            <div className="muted wrapping">{samples.join(' · ')}</div>
          ),
        },
      ]}
    />
  );
}

interface LayoutOptionsProps {
  readonly content: Content;
  readonly onChange: (part: Partial<Content>) => void;
}

function LayoutOptions({ content, onChange }: LayoutOptionsProps) {
  const { t } = useTranslation('bank');
  const styles = ['two-columns', 'direction', 'signed'] as const;
  const formats = ['auto', 'day-month-year', 'month-day-year'] as const;
  const encodings = ['auto', 'utf-8', 'gbk'] as const;
  return (
    <div className="filters">
      <Choice
        id="layout-rows"
        label={t('layout.headerRows')}
        value={content.headerRows}
        options={([1, 2] as const).map((value) => ({
          value,
          label: t(`layout.headerRows.${value}`),
        }))}
        onChange={(headerRows) => onChange({ headerRows })}
      />
      <Choice
        id="layout-style"
        label={t('layout.amountStyle')}
        value={content.amountStyle}
        options={styles.map((value) => ({ value, label: t(`layout.amountStyle.${value}`) }))}
        onChange={(amountStyle) => onChange({ amountStyle })}
      />
      {content.amountStyle === 'direction' && (
        <DirectionWords content={content} onChange={onChange} />
      )}
      {content.amountStyle === 'signed' && (
        <Checkbox
          checked={content.creditIsNegative}
          onChange={(event) => onChange({ creditIsNegative: event.target.checked })}
        >
          {t('layout.creditIsNegative')}
        </Checkbox>
      )}
      <Choice
        id="layout-days"
        label={t('layout.dateFormat')}
        value={content.dateFormat}
        options={formats.map((value) => ({ value, label: t(`layout.dateFormat.${value}`) }))}
        onChange={(dateFormat) => onChange({ dateFormat })}
      />
      <Choice
        id="layout-encoding"
        label={t('layout.encoding')}
        value={content.encoding}
        options={encodings.map((value) => ({ value, label: t(`layout.encoding.${value}`) }))}
        onChange={(encoding) => onChange({ encoding })}
      />
      <Checkbox
        checked={content.checksBalance}
        onChange={(event) => onChange({ checksBalance: event.target.checked })}
      >
        {t('layout.checksBalance')}
      </Checkbox>
    </div>
  );
}

function DirectionWords({ content, onChange }: LayoutOptionsProps) {
  const { t } = useTranslation('bank');
  return (['creditWords', 'debitWords'] as const).map((name) => (
    <div className="filter" key={name}>
      <label htmlFor={`layout-${name}`}>{t(`layout.${name}`)}</label>
      <Input
        id={`layout-${name}`}
        defaultValue={content[name].join('，')}
        onChange={(event) => onChange({ [name]: wordsOf(event.target.value) })}
      />
    </div>
  ));
}

interface ChoiceProps<Value> {
  readonly id: string;
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string | number>(props: ChoiceProps<Value>) {
  const { id, label, value, options, onChange } = props;
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <Select<Value>
        id={id}
        value={value}
        options={[...options]}
        popupMatchSelectWidth={false}
        className="bank-choice"
        onChange={onChange}
      />
    </div>
  );
}

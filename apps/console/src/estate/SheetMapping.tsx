import { InputNumber, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import type { Sheet } from './ImportMapping.tsx';
import type { Import } from './ImportPage.tsx';

const kinds = ['units', 'owners', 'fees', 'parking', 'buildings', 'ignore'] as const;
const highestHeaderRow = 100;

interface SheetMappingProps {
  readonly sheet: Sheet;
  readonly fieldsByKind: Import['fieldsByKind'];
  readonly onChange: (sheet: Sheet) => void;
}

export function SheetMapping({ sheet, fieldsByKind, onChange }: SheetMappingProps) {
  const { t } = useTranslation('estate');
  const kindId = useId();
  const rowId = useId();
  return (
    <div className="stack">
      <div className="filters">
        <div className="filter">
          <label htmlFor={kindId}>{t('import.sheetKind')}</label>
          <Select
            id={kindId}
            value={sheet.kind}
            style={{ width: 160 }}
            options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            onChange={(kind) => onChange({ ...sheet, kind })}
          />
        </div>
        <div className="filter">
          <label htmlFor={rowId}>{t('import.headerRow')}</label>
          <InputNumber
            id={rowId}
            value={sheet.headerRow}
            min={1}
            max={highestHeaderRow}
            precision={0}
            onChange={(headerRow) => onChange({ ...sheet, headerRow })}
          />
        </div>
      </div>
      {sheet.kind !== 'ignore' && (
        <ColumnTable sheet={sheet} fieldsByKind={fieldsByKind} onChange={onChange} />
      )}
      <SkippedRows sheet={sheet} />
    </div>
  );
}

function ColumnTable({ sheet, fieldsByKind, onChange }: SheetMappingProps) {
  const { t } = useTranslation('estate');
  const [language] = useLanguage();
  const fields = fieldsByKind.find(({ kind }) => kind === sheet.kind)?.fields ?? [];
  const options = fields.map(({ field, label, required }) => ({
    value: field,
    label: required ? t('import.required', { label: label[language] }) : label[language],
  }));
  const change = (column: string, field: Sheet['columns'][number]['field']) =>
    onChange({
      ...sheet,
      columns: sheet.columns.map((one) => (one.column === column ? { ...one, field } : one)),
    });
  return (
    <DataTable
      label={t('import.mapping')}
      size="small"
      dataSource={sheet.columns}
      rowKey="column"
      columns={[
        { title: t('import.column'), dataIndex: 'column' },
        { title: t('import.header'), dataIndex: 'header' },
        {
          title: t('import.field'),
          render: (_value, { column, header, field }) => (
            <Select
              aria-label={t('import.fieldOf', { header, column })}
              value={field}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('import.fieldNone')}
              options={options}
              style={{ width: 200 }}
              onChange={(next: typeof field | undefined) => change(column, next ?? null)}
            />
          ),
        },
        {
          title: t('import.samples'),
          render: (_value, { samples }) => (
            <div className="muted wrapping">{samples.join(' · ')}</div>
          ),
        },
      ]}
    />
  );
}

function SkippedRows({ sheet }: { readonly sheet: Sheet }) {
  const { t } = useTranslation('estate');
  if (sheet.skippedRows === 0) return null;
  return (
    <details>
      <summary>{t('import.skipped', { count: sheet.skippedRows })}</summary>
      <ul className="confirm-figures muted">
        {sheet.skipped.map(({ row, text, reason }) => (
          <li key={row}>{t('import.skippedRow', { row, text, reason })}</li>
        ))}
      </ul>
    </details>
  );
}

import { Button, Drawer, Form, type FormInstance } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from './FailureNotice.tsx';
import { useSubmit } from './use-submit.ts';

interface FormDrawerProps<Values extends object> {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly initialValues?: Partial<Values>;
  /** What the button says, if need be after a look at the values. */
  readonly submitLabel?: string | ((values: Values) => string);
  /** Returns when the server has it; the drawer then closes, unless this returns 'stay'. */
  readonly onSubmit: (values: Values) => Promise<unknown>;
  /** Fields, or fields that follow the values of others. */
  readonly children: ReactNode;
  readonly width?: number;
}

/** A form beside the page it belongs to. */
export function FormDrawer<Values extends object>(props: FormDrawerProps<Values>) {
  const { title, isOpen, onClose, initialValues, submitLabel, onSubmit, children } = props;
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const { submit, isPending, failure, rest, reset } = useSubmit<Values>(form, async (values) => {
    if ((await onSubmit(values)) !== 'stay') onClose();
  });
  useEffect(() => {
    if (isOpen) form.resetFields();
  }, [isOpen, form]);
  const close = () => {
    reset();
    onClose();
  };
  return (
    <Drawer
      title={title}
      open={isOpen}
      onClose={close}
      size={props.width ?? 480}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      destroyOnHidden
      footer={
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} onClick={() => form.submit()}>
            <SubmitLabel form={form} label={submitLabel ?? t('save')} />
          </Button>
        </div>
      }
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark
        scrollToFirstError={{ focus: true }}
        {...(initialValues && { initialValues })}
        onFinish={(values) => void submit(values)}
      >
        {failure !== undefined && (
          <Form.Item>
            <FailureNotice error={failure} rest={rest} />
          </Form.Item>
        )}
        {children}
        {/* Enter in a field submits. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
    </Drawer>
  );
}

interface SubmitLabelProps<Values> {
  readonly form: FormInstance<Values>;
  readonly label: string | ((values: Values) => string);
}

function SubmitLabel<Values extends object>({ form, label }: SubmitLabelProps<Values>) {
  const values: Values | undefined = Form.useWatch([], form);
  return typeof label === 'string' ? label : label(values ?? form.getFieldsValue());
}

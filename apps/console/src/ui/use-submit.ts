import type { FormInstance } from 'antd';
import { useState } from 'react';
import { ApiFailure, problemsByField } from '../api/failure.ts';
import { fieldNames } from './field-names.ts';

interface Submission<Values> {
  readonly submit: (values: Values) => Promise<void>;
  readonly isPending: boolean;
  readonly failure: unknown;
  /** What is wrong beside the fields of the form. */
  readonly rest: readonly string[];
  readonly reset: () => void;
}

/** Sends a form once; the server's problems appear at the fields that they name. */
export function useSubmit<Values>(
  form: FormInstance,
  send: (values: Values) => Promise<unknown>,
): Submission<Values> {
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);
  const [rest, setRest] = useState<readonly string[]>([]);
  const reset = () => {
    setFailure(undefined);
    setRest([]);
  };
  const submit = async (values: Values) => {
    if (isPending) return;
    setPending(true);
    reset();
    try {
      await send(values);
    } catch (error) {
      setFailure(error);
      if (error instanceof ApiFailure) setRest(showProblems(form, error));
    } finally {
      setPending(false);
    }
  };
  return { submit, isPending, failure, rest, reset };
}

function showProblems(form: FormInstance, error: ApiFailure): readonly string[] {
  const names = fieldNames(form.getFieldsValue());
  const { fields, rest } = problemsByField(error.problems, names);
  form.setFields([...fields].map(([name, errors]) => ({ name: name.split('.'), errors })));
  const [first] = fields.keys();
  if (first !== undefined) form.scrollToField(first.split('.'), { focus: true });
  return rest;
}

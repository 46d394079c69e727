import { InputNumber, type InputNumberProps } from 'antd';

/** A whole number of days or times. */
export function CountInput(props: Omit<InputNumberProps<number>, 'precision' | 'style'>) {
  return <InputNumber<number> {...props} precision={0} style={{ width: '100%' }} />;
}

export type DebitState =
  | 'planned'
  | 'announced'
  | 'started'
  | 'paid'
  | 'failed'
  | 'skipped'
  | 'dropped';

import Type, { type TSchema } from 'typebox';

export const Id = Type.String({
  pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
  description: 'UUID',
});

/** Whole fen, at least 0. */
export const FenAmount = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
/** Whole fen, may be negative. */
export const SignedFen = Type.Integer({
  minimum: -Number.MAX_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
});
/** A calendar day of the company, "2026-11-24". */
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
/** The first day of a month, "2026-11-01". */
export const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-01$' });
/** An instant, RFC 3339. */
export const Instant = Type.String();
/** An exact decimal as text, such as an area or a price. */
export const DecimalText = Type.String({ pattern: '^\\d{1,12}(\\.\\d{1,6})?$' });

export const Nothing = Type.Object({});

/** Pages are read by key: pass the `next` of the page before. */
export const PageQuery = {
  after: Type.Optional(Type.String({ maxLength: 400 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
};

export function Page<Item extends TSchema>(item: Item) {
  return Type.Object({
    items: Type.Array(item),
    next: Type.Union([Type.String(), Type.Null()]),
  });
}

export function Nullable<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()]);
}

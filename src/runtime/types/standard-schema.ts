// The interface of Standard Schema 1, which its authors give out for copying: so there is no dependency for the sake of types.
// https://standardschema.dev

/** A validator of any library that follows Standard Schema: Zod, Valibot, ArkType and others. */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>
    readonly types?: { readonly input: Input, readonly output: Output } | undefined
  }
}

/** What a validator answers: the value, or why it is none. */
export type SchemaResult<Output>
  = | { readonly value: Output, readonly issues?: undefined }
    | { readonly issues: readonly SchemaIssue[] }

/** One reason why a value does not match. */
export interface SchemaIssue {
  readonly message: string
  /** Where in the value. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** What a schema accepts. */
export type InferInput<Schema extends StandardSchemaV1> = NonNullable<Schema['~standard']['types']>['input']

/** What a schema gives out. */
export type InferOutput<Schema extends StandardSchemaV1> = NonNullable<Schema['~standard']['types']>['output']

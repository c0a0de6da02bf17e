/** One text of the configuration, and the name it goes by in messages: a path, as a rule. */
export type Source = { readonly name: string; readonly text: string }

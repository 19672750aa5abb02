/**
 * A loose object's type without the index signature that lets unknown fields through.
 *
 * Documents keep fields they do not know (a newer minor version wrote them); the types name only those they do,
 * so that a misspelt field is an error when compiling. Records of known values keep their signature.
 */
export type Known<T> = T extends readonly (infer Item)[]
  ? Known<Item>[]
  : T extends object
    ? { [Key in keyof T as string extends Key ? (unknown extends T[Key] ? never : Key) : Key]: Known<T[Key]> }
    : T;

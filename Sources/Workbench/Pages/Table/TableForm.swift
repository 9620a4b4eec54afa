import NumberFormatting
import OutsideText
import ScoreCore
import ScoreLab
import ScoreTables

/// The rows of the table page's form: the keys of each column, a group a column.
enum TableForm {
  /// Where there is no table.
  static let none = FormRow(
    FormField(FieldDescription(path: "table", summary: "", kind: .structured)), nil,
    instead: "scorefield open --table FILE")

  static func rows(of schema: TableSchema) -> [FormRow] {
    schema.columns.indices.flatMap { index in
      let entries = schema.entries(ofColumn: index)
      return entries.map { entry in
        var row = FormRow(
          FormField(
            description(of: entry, column: index),
            label: entries.count == 1 ? group(index, schema) : entry.key),
          .text(entry.text))
        row.text = entry.text.isEmpty ? "-" : SafeText.sanitized(entry.text, limit: 200)
        row.group = group(index, schema)
        return row
      }
    }
  }

  /// The heading of a column: its number, which tells columns of like names apart, and its name.
  static func group(_ index: Int, _ schema: TableSchema) -> String {
    "\(index + 1) \(SafeText.sanitized(schema.columns[index].name, limit: 40))"
  }

  /// The column and the key of a path, such as `3.kind`; nil for any other path.
  static func place(ofPath path: String) -> (column: Int, key: String)? {
    let parts = path.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, let number = Int(parts[0]) else { return nil }
    return (number - 1, String(parts[1]))
  }

  private static func description(
    of entry: TableSchema.Entry, column: Int
  ) -> FieldDescription {
    let path = "\(column + 1).\(entry.key)"
    let summary = summaries[entry.key] ?? ""
    guard let choices = entry.choices, let first = choices.first else {
      return FieldDescription(path: path, summary: summary, kind: .text(default: nil))
    }
    return FieldDescription(
      path: path, summary: summary, kind: .choice(default: first, of: choices),
      choiceSummaries: choiceSummaries)
  }

  private static let summaries = [
    "role": "what the column is for",
    "kind": "what its values are",
    "missing": "what becomes of a cell without a value",
    "absent": "further texts that mean no value, such as [none, \"999\"]",
    "categories": "the texts, in order",
    "code": "how categories become coordinates",
    "decimals": "digits behind the point, 0 to 12; empty for as many as it takes",
    "format": "how days and times are written, such as YYYY-MM-DD",
    "range": "[lowest, highest]; nothing that is made lies outside",
    "scaling": "how numbers become coordinates of about unit size",
    "masses": "numbers that many rows have, such as [0]",
  ]

  private static let choiceSummaries = [
    "feature": "learned and made",
    "target": "what models of the rows predict",
    "ignored": "left out of everything",
    "numeric": "numbers with decimals",
    "integer": "whole numbers",
    "ordinal": "categories with an order",
    "categorical": "categories without one",
    "binary": "two categories",
    "datetime": "days or times",
    "mask": "learned like a value",
    "refuse": "the table is refused",
    "quantile": "the normal number of the same rank",
    "standard": "mean 0 and deviation 1",
    "robust": "by median and quarters",
    "log": "logarithm of the size, with the sign",
    "one_hot": "a coordinate each",
    "bits": "the binary digits of its place",
  ]
}

import ScoreLab

extension TableSchema {
  /// The schema as YAML, to be edited by hand and read back.
  public var yaml: String {
    """
    # The columns of a table. kind: numeric, integer, ordinal, categorical, binary or datetime;
    # role: feature, target or ignored; missing: mask (learned) or refuse.
    columns:

    """ + columns.map(Self.yaml).joined()
  }

  static func yaml(_ column: ColumnSchema) -> String {
    var lines: [(key: String, value: String)] = [("name", ConfigurationText.text(column.name))]
    lines.append(("role", column.role.rawValue))
    if column.role != .ignored { lines += details(of: column) }
    let text = lines.map { "    \($0.key): \($0.value)\n" }.joined()
    return "  - " + text.dropFirst(4)
  }

  /// What a schema file says of a column that is not ignored, without name and role.
  static func details(of column: ColumnSchema) -> [(key: String, value: String)] {
    var lines = [("kind", column.kind.rawValue), ("missing", column.missing.rawValue)]
    if !column.absent.isEmpty { lines.append(("absent", list(column.absent))) }
    if column.kind.hasCategories {
      lines.append(("categories", list(column.categories)))
      if column.kind == .categorical { lines.append(("code", column.code.rawValue)) }
      return lines
    }
    if let format = column.format {
      lines.append(("format", ConfigurationText.text(format.pattern)))
    }
    let ends = [column.range.lowerBound, column.range.upperBound]
    let texts = ends.map { end in
      column.format.map { ConfigurationText.text($0.text(end)) } ?? ConfigurationText.number(end)
    }
    lines.append(("range", ConfigurationText.list(texts)))
    if column.kind == .numeric, let decimals = column.decimals {
      lines.append(("decimals", "\(decimals)"))
    }
    lines.append(("scaling", column.scaling.rawValue))
    if !column.masses.isEmpty {
      let texts = column.masses.map { mass in
        column.format.map { ConfigurationText.text($0.text(mass)) }
          ?? ConfigurationText.number(mass)
      }
      lines.append(("masses", ConfigurationText.list(texts)))
    }
    return lines
  }

  private static func list(_ texts: [String]) -> String {
    ConfigurationText.list(texts.map(ConfigurationText.text))
  }
}

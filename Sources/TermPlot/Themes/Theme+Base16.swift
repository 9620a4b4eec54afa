import Yams

extension Theme {
  /// Reads a Base16 scheme.
  ///
  /// Both the current form (`system`, `name`, `variant`, `palette`) and the older one (`scheme` and
  /// the colours at the top level) are read. Without a variant, the background and the text tell
  /// which it is.
  ///
  /// Source: tinted-theming Base16 specification 0.11.
  ///
  /// - Parameters:
  ///   - yaml: The text of the file.
  ///   - file: The name to put before errors.
  /// - Returns: The theme.
  /// - Throws: A ``ThemeError`` with the line, for text that is not YAML, a missing or unknown key
  ///   or a colour that is not six hexadecimal digits.
  public static func parse(base16 yaml: String, file: String) throws(ThemeError) -> Theme {
    let root = try Base16File.root(of: yaml, file: file)
    return try Base16File(file: file, root: root).theme()
  }
}

/// One Base16 file under examination.
private struct Base16File {
  let file: String
  let root: Node.Mapping

  static let slots = (0..<16).map { "base0" + String($0, radix: 16, uppercase: true) }
  static let headings = [
    "system", "name", "slug", "author", "description", "variant", "palette", "scheme",
  ]

  static func root(of yaml: String, file: String) throws(ThemeError) -> Node.Mapping {
    let node: Node?
    do {
      node = try Yams.compose(yaml: yaml)
    } catch {
      throw ThemeError(file: file, yamlError: error)
    }
    guard let node else { throw ThemeError(file: file, message: "the file is empty") }
    guard let mapping = node.mapping else {
      throw ThemeError(
        file: file, line: node.mark?.line, message: "a theme is a list of keys and values")
    }
    return mapping
  }

  func theme() throws(ThemeError) -> Theme {
    let isLegacy = root["palette"] == nil
    try checkKeys(of: root, allowed: isLegacy ? Self.headings + Self.slots : Self.headings)
    if let system = try text("system"), system != "base16" {
      throw fault(root["system"], "system is '\(system)', but only base16 is known")
    }
    let (current, legacy) = (try text("name"), try text("scheme"))
    guard let name = current ?? legacy, !name.isEmpty else {
      throw fault(nil, "the key 'name' is missing")
    }
    let palette = try palette(in: isLegacy ? root : paletteMapping())
    let slug = try text("slug")
    return Theme(
      name: name, variant: try variant(palette), palette: palette, slug: slug)
  }

  private func paletteMapping() throws(ThemeError) -> Node.Mapping {
    guard let mapping = root["palette"]?.mapping else {
      throw fault(root["palette"], "'palette' must hold the colours base00 to base0F")
    }
    try checkKeys(of: mapping, allowed: Self.slots)
    return mapping
  }

  private func palette(in mapping: Node.Mapping) throws(ThemeError) -> [RGB] {
    var palette: [RGB] = []
    for slot in Self.slots {
      guard let node = mapping[slot] else { throw fault(nil, "the colour '\(slot)' is missing") }
      guard let text = node.scalar?.string, let color = Self.color(text) else {
        throw fault(node, "'\(slot)' must be six hexadecimal digits such as \"a1b2c3\"")
      }
      palette.append(color)
    }
    return palette
  }

  private static func color(_ text: String) -> RGB? {
    let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
    guard digits.count == 6, digits.allSatisfy(\.isHexDigit) else { return nil }
    return UInt32(digits, radix: 16).map { RGB(hex: $0) }
  }

  private func variant(_ palette: [RGB]) throws(ThemeError) -> Theme.Variant {
    guard let text = try text("variant") else {
      return palette[0].relativeLuminance > palette[5].relativeLuminance ? .light : .dark
    }
    guard let variant = Theme.Variant(rawValue: text) else {
      throw fault(root["variant"], "variant is '\(text)', but must be light or dark")
    }
    return variant
  }

  private func text(_ key: String) throws(ThemeError) -> String? {
    guard let node = root[key] else { return nil }
    guard let scalar = node.scalar else { throw fault(node, "'\(key)' must be text") }
    return scalar.string
  }

  private func checkKeys(of mapping: Node.Mapping, allowed: [String]) throws(ThemeError) {
    for (key, _) in mapping {
      guard let name = key.scalar?.string, allowed.contains(name) else {
        let shown = Canvas.sanitized(key.scalar?.string ?? "?")
        throw fault(key, "unknown key '\(shown)'")
      }
    }
  }

  private func fault(_ node: Node?, _ message: String) -> ThemeError {
    ThemeError(file: file, line: node?.mark?.line, message: Canvas.sanitized(message))
  }
}

extension ThemeError {
  /// The error of the YAML reader in one line.
  fileprivate init(file: String, yamlError: any Error) {
    switch yamlError as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(file: file, line: mark.line, message: problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      self.init(
        file: file, line: context.mark.line,
        message: Canvas.sanitized("the key '\(duplicates.first ?? "?")' occurs twice"))
    case .reader(let problem, _, _, _):
      self.init(file: file, message: problem)
    default:
      self.init(file: file, message: "the file is not YAML")
    }
  }
}

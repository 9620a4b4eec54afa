import OutsideText

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
  /// The most characters of a name.
  static let longestName = 80
  static let slots = (0..<16).map { "base0" + String($0, radix: 16, uppercase: true) }
  static let headings = [
    "system", "name", "slug", "author", "description", "variant", "palette", "scheme",
  ]

  let file: String
  let root: [YAMLNode.Entry]

  static func root(of yaml: String, file: String) throws(ThemeError) -> [YAMLNode.Entry] {
    let node: YAMLNode?
    do throws(YAMLFault) {
      node = try YAMLReader.compose(yaml, limit: ThemeLibrary.largestFile)
    } catch {
      throw ThemeError(file: file, line: error.line, message: error.message)
    }
    guard let node else { throw ThemeError(file: file, message: "the file is empty") }
    guard case .map(let entries) = node.content else {
      throw ThemeError(file: file, line: node.line, message: "a theme is a list of keys and values")
    }
    return entries
  }

  func theme() throws(ThemeError) -> Theme {
    let isLegacy = root.value("palette") == nil
    try checkKeys(of: root, allowed: isLegacy ? Self.headings + Self.slots : Self.headings)
    if let system = try text("system"), system != "base16" {
      throw fault(root.value("system"), "system is '\(system)', but only base16 is known")
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

  private func paletteMapping() throws(ThemeError) -> [YAMLNode.Entry] {
    guard case .map(let mapping)? = root.value("palette")?.content else {
      throw fault(root.value("palette"), "'palette' must hold the colours base00 to base0F")
    }
    try checkKeys(of: mapping, allowed: Self.slots)
    return mapping
  }

  private func palette(in mapping: [YAMLNode.Entry]) throws(ThemeError) -> [RGB] {
    var palette: [RGB] = []
    for slot in Self.slots {
      guard let node = mapping.value(slot) else {
        throw fault(nil, "the colour '\(slot)' is missing")
      }
      guard case .scalar(let text, _) = node.content, let color = Self.color(text) else {
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
      throw fault(root.value("variant"), "variant is '\(text)', but must be light or dark")
    }
    return variant
  }

  private func text(_ key: String) throws(ThemeError) -> String? {
    guard let node = root.value(key) else { return nil }
    guard case .scalar(let text, _) = node.content else {
      throw fault(node, "'\(key)' must be text")
    }
    return SafeText.sanitized(text, limit: Self.longestName)
  }

  private func checkKeys(
    of mapping: [YAMLNode.Entry], allowed: [String]
  ) throws(ThemeError) {
    for entry in mapping where !allowed.contains(entry.key) {
      throw ThemeError(
        file: file, line: entry.line, message: "unknown key '\(SafeText.sanitized(entry.key))'")
    }
  }

  private func fault(_ node: YAMLNode?, _ message: String) -> ThemeError {
    ThemeError(file: file, line: node?.line, message: message)
  }
}

extension [YAMLNode.Entry] {
  fileprivate func value(_ key: String) -> YAMLNode? { first { $0.key == key }?.value }
}
